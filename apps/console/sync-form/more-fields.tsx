import { useId } from 'react';
import type { Stream } from '../api/index.ts';
import { Field, form } from '../forms/index.ts';
import { Choice } from './choice.tsx';
import { faultsAt, type Fault, type Place } from './faults.ts';
import { fieldsOf } from './fields-of.ts';
import type { SyncDraft } from './sync-draft.ts';

interface Props {
  draft: SyncDraft;
  stream?: Stream;
  endless: boolean;
  faults: readonly Fault[];
  onChange: (change: Partial<SyncDraft>) => void;
}

/** Where they are told: a refusal there opens it. */
const places: readonly Place[] = ['delivery', 'drift', 'filter', 'key', 'cursor', 'consumers'];

/** What few syncs need. */
export function MoreFields({ draft, stream, endless, faults, onChange }: Props) {
  const id = useId();
  const { from, filter, delivery, drift, consumers } = draft;
  const isWrong = places.some((place) => faultsAt(faults, place).length > 0);
  return (
    <details className={form.more} open={isWrong || undefined}>
      <summary>More</summary>
      <div>
        <Field
          label="Filter"
          hint={
            <>
              Only rows for which this holds, as JSON:{' '}
              <code>{'{ "field": "country", "is": "equals", "value": "Brazil" }'}</code>
            </>
          }
          faults={faultsAt(faults, 'filter')}
        >
          {(tied) => (
            <textarea
              {...tied}
              rows={Math.min(12, Math.max(3, filter.split('\n').length))}
              spellCheck={false}
              value={filter}
              onChange={({ target }) => onChange({ filter: target.value })}
            />
          )}
        </Field>
        <Field
          label="Key"
          hint={`Fields that name a row, with commas between them. Empty: ${stream && stream.key.length > 0 ? stream.key.join(', ') : 'as the stream says'}.`}
          faults={faultsAt(faults, 'key')}
        >
          {(tied) => (
            <input
              {...tied}
              autoComplete="off"
              value={from.key}
              onChange={({ target }) => onChange({ from: { ...from, key: target.value } })}
            />
          )}
        </Field>
        <Field
          label="Cursor"
          hint={`The field that grows with every change. Empty: ${stream?.cursor ?? 'as the stream says'}.`}
          faults={faultsAt(faults, 'cursor')}
        >
          {(tied) => (
            <input
              {...tied}
              autoComplete="off"
              list={`${id}-fields`}
              value={from.cursor}
              onChange={({ target }) => onChange({ from: { ...from, cursor: target.value } })}
            />
          )}
        </Field>
        <datalist id={`${id}-fields`}>
          {fieldsOf(stream?.schema, false).map(({ path }) => (
            <option key={path}>{path}</option>
          ))}
        </datalist>
        <Choice
          label="A new or changed field of the source"
          value={drift}
          usual="is noted and reported"
          options={[
            ['add', 'is noted and reported'],
            ['ignore', 'is ignored'],
            ['pause', 'holds the run until somebody approves'],
          ]}
          faults={faultsAt(faults, 'drift')}
          onChange={(chosen) => onChange({ drift: chosen })}
        />
        <Choice
          label="A batch of which nobody knows whether it arrived"
          hint="Where a repeat would be a duplicate."
          value={delivery}
          usual="is sent again"
          options={[
            ['atLeastOnce', 'is sent again'],
            ['atMostOnce', 'is not sent again'],
          ]}
          faults={faultsAt(faults, 'delivery')}
          onChange={(chosen) => onChange({ delivery: chosen })}
        />
        {endless && (
          <Field
            label="Consumers"
            hint="They share the stream’s lanes. Empty: 1."
            faults={faultsAt(faults, 'consumers')}
          >
            {(tied) => (
              <input
                {...tied}
                inputMode="numeric"
                autoComplete="off"
                value={consumers}
                onChange={({ target }) => onChange({ consumers: target.value })}
              />
            )}
          </Field>
        )}
      </div>
    </details>
  );
}
