import { useId, useMemo } from 'react';
import type { Sync } from '../api/index.ts';
import { Field, FieldGroup, form } from '../forms/index.ts';
import { faultsAt, type Fault } from './faults.ts';
import type { ScheduleDraft } from './schedule-draft.ts';

interface Props {
  schedule: ScheduleDraft;
  /** A stream that is followed has none. */
  endless: boolean;
  /** Those that it may run after. */
  syncs: readonly Sync[];
  faults: readonly Fault[];
  onChange: (schedule: ScheduleDraft) => void;
}

/** When it runs by itself. */
export function ScheduleFields({ schedule, endless, syncs, faults, onChange }: Props) {
  const id = useId();
  const zones = useMemo(() => ['UTC', ...Intl.supportedValuesOf('timeZone')], []);
  const { kind, every, cron, timeZone, after } = schedule;
  const wrong = faultsAt(faults, 'schedule');
  const set = (changed: Partial<ScheduleDraft>) => onChange({ ...schedule, ...changed });
  if (endless)
    return (
      <FieldGroup title="Schedule" faults={wrong}>
        <p className={form.hint}>None: the stream is followed without a break.</p>
      </FieldGroup>
    );
  return (
    <FieldGroup title="Schedule">
      <Field label="It runs" faults={kind === 'none' ? wrong : []}>
        {(tied) => (
          <select
            {...tied}
            value={kind}
            onChange={({ target }) => set({ kind: target.value as ScheduleDraft['kind'] })}
          >
            <option value="none">when somebody, or a trigger, starts it</option>
            <option value="every">at an interval</option>
            <option value="cron">at certain times</option>
            <option value="after">after another sync</option>
          </select>
        )}
      </Field>
      {kind === 'every' && (
        <Field label="Every" required hint="A number with s, m, h or d, such as 15m or 6h." faults={wrong}>
          {(tied) => (
            <input {...tied} value={every} autoComplete="off" onChange={({ target }) => set({ every: target.value })} />
          )}
        </Field>
      )}
      {kind === 'cron' && (
        <>
          <Field
            label="Times"
            required
            hint={
              <>
                As cron has them: minute hour day month weekday. <code>0 6 * * 1-5</code> is 6:00 from Monday to Friday.
              </>
            }
            faults={wrong}
          >
            {(tied) => (
              <input
                {...tied}
                value={cron}
                autoComplete="off"
                spellCheck={false}
                onChange={({ target }) => set({ cron: target.value })}
              />
            )}
          </Field>
          <Field label="Time zone" hint="Empty: UTC.">
            {(tied) => (
              <input
                {...tied}
                value={timeZone}
                autoComplete="off"
                list={`${id}-zones`}
                onChange={({ target }) => set({ timeZone: target.value })}
              />
            )}
          </Field>
          <datalist id={`${id}-zones`}>
            {zones.map((zone) => (
              <option key={zone}>{zone}</option>
            ))}
          </datalist>
        </>
      )}
      {kind === 'after' && (
        <Field label="After each success of" required faults={wrong}>
          {(tied) => (
            <select {...tied} value={after} onChange={({ target }) => set({ after: target.value })}>
              {after === '' && <option value="">Choose …</option>}
              {after !== '' && !syncs.some((sync) => sync.id === after) && <option value={after}>{after}</option>}
              {syncs.map((sync) => (
                <option key={sync.id} value={sync.id}>
                  {sync.name}
                </option>
              ))}
            </select>
          )}
        </Field>
      )}
    </FieldGroup>
  );
}
