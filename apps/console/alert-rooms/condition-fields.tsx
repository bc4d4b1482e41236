import { Check, Field, FieldGroup } from '../forms/index.ts';
import { ofOthers, ofSyncs, type TickedTitle } from './conditions.ts';
import type { RuleDraft, Ticked } from './rule-draft.ts';
import { faultsAt, type Fault } from './rule-faults.ts';

interface Props {
  draft: RuleDraft;
  faults: readonly Fault[];
  onChange: (change: Partial<RuleDraft>) => void;
}

/** When somebody is told. */
export function ConditionFields({ draft, faults, onChange }: Props) {
  const { on, rejects, lag } = draft;
  const wrong = faultsAt(faults, 'on');
  const tick = (kind: Ticked, wanted: boolean) =>
    onChange({ on: wanted ? [...on, kind] : on.filter((one) => one !== kind) });
  const checks = (kinds: readonly TickedTitle[]) =>
    kinds.map(([kind, text]) => (
      <Check
        key={kind}
        label={text}
        checked={on.includes(kind)}
        invalid={wrong.length > 0}
        onChange={(wanted) => tick(kind, wanted)}
      />
    ));
  return (
    <FieldGroup title="Tell when" required faults={wrong}>
      {checks(ofSyncs)}
      <Field label="More than this share of a run’s rows was rejected, in percent" faults={faultsAt(faults, 'rejects')}>
        {(tied) => (
          <input
            {...tied}
            inputMode="decimal"
            autoComplete="off"
            placeholder="such as 5; empty: not asked"
            value={rejects}
            onChange={({ target }) => onChange({ rejects: target.value })}
          />
        )}
      </Field>
      <Field label="What arrived is older than" faults={faultsAt(faults, 'lag')}>
        {(tied) => (
          <input
            {...tied}
            autoComplete="off"
            placeholder="such as 90min or 2h; empty: not asked"
            value={lag}
            onChange={({ target }) => onChange({ lag: target.value })}
          />
        )}
      </Field>
      {checks(ofOthers)}
    </FieldGroup>
  );
}
