import { useId } from 'react';
import type { Sync } from '../api/index.ts';
import { StateBadge } from '../runs/index.ts';
import { SearchField } from '../ui/index.ts';
import { states } from './by-urgency.ts';
import type { SyncFilter } from './use-sync-filter.ts';
import style from './filter-bar.module.css';

interface Props {
  filter: SyncFilter;
  /** Those that text and label leave. */
  syncs: readonly Sync[];
  labels: readonly string[];
}

/** Narrows the list down by text, label and state, and tells how many are in which state. */
export function FilterBar({ filter: { wanted, want }, syncs, labels }: Props) {
  const id = useId();
  const count = (state: string) => syncs.filter((sync) => sync.state === state).length;
  const present = states.filter((state) => state === wanted.state || count(state) > 0);
  return (
    <div className={style.filter}>
      <div className={style.words}>
        <SearchField
          label="Search syncs by name or slug"
          placeholder="Name or slug"
          value={wanted.text}
          onChange={(text) => want({ text })}
        />
        {labels.length > 0 && (
          <>
            <label htmlFor={id} className="unseen">
              Label
            </label>
            <select
              id={id}
              value={wanted.label ?? ''}
              onChange={({ target }) => want({ label: target.value === '' ? undefined : target.value })}
            >
              <option value="">All labels</option>
              {labels.map((label) => (
                <option key={label}>{label}</option>
              ))}
            </select>
          </>
        )}
      </div>
      <div role="group" aria-label="Only syncs in one state" className={style.states}>
        {present.map((state) => (
          <button
            key={state}
            type="button"
            aria-pressed={state === wanted.state}
            onClick={() => want({ state: state === wanted.state ? undefined : state })}
          >
            <StateBadge state={state} /> {count(state)}
          </button>
        ))}
      </div>
    </div>
  );
}
