import { useEffect, useMemo, useRef } from 'react';
import {
  useGrowingList,
  type Connection,
  type Connector,
  type Run,
  type Stream,
  type Sync,
  type TargetObject,
} from '../api/index.ts';
import { DryRun } from '../dry-run/index.ts';
import { CancelButton, Field, form } from '../forms/index.ts';
import { Trouble } from '../rooms/index.ts';
import { Button } from '../ui/index.ts';
import { faultsAt } from './faults.ts';
import { FormNotices } from './form-notices.tsx';
import { FromFields } from './from-fields.tsx';
import { HowFields } from './how-fields.tsx';
import { lacksOf } from './lacks.ts';
import { MoreFields } from './more-fields.tsx';
import { OutputsFields } from './outputs-fields.tsx';
import { faultsOf } from './refusal.ts';
import { ScheduleFields } from './schedule-fields.tsx';
import { settle } from './settle.ts';
import { bodyOf } from './sync-body.ts';
import type { SyncDraft } from './sync-draft.ts';
import { ToFields } from './to-fields.tsx';
import { useOffered } from './use-offered.ts';
import { useSyncForm } from './use-sync-form.ts';
import style from './sync-form.module.css';

interface Props {
  /** Names the form in this tab. */
  place: string;
  /** As it is before anybody fills it in. */
  blank: SyncDraft;
  /** What is saved. */
  existing?: Sync;
  onSaved: (sync: Sync, run?: Run) => void;
  onLeave: () => void;
}

/** A sync: from where, to where, how and when. */
export function SyncForm({ place, blank, existing, onSaved, onLeave }: Props) {
  const filled = useSyncForm(place, blank, existing);
  const { draft, saved, dirty, doing, faults, refusals, change, refuse } = filled;
  const { found: connections, complete, problem, again } = useGrowingList<Connection>('api/connections');
  const { found: connectors } = useGrowingList<Connector>('api/connectors');
  const { found: syncs } = useGrowingList<Sync>('api/syncs');
  const streams = useOffered<Stream>(draft.from.connection, 'streams');
  const objects = useOffered<TargetObject>(draft.to.connection, 'objects');
  const settled = useMemo(
    () => settle(draft, { connections, streams: streams.found, objects: objects.found }),
    [draft, connections, streams.found, objects.found],
  );
  const offered = objects.found ?? [];
  const written = offered.filter(({ name }) => settled.outputs.some(({ object }) => object === name));
  const endless = settled.read === 'stream';
  const isAble = (what: 'source' | 'destination') => (connection: Connection) =>
    connectors.find(({ id }) => id === connection.connector)?.capabilities[what] !== false;

  const element = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (refusals === 0) return;
    const wrong = element.current?.querySelector<HTMLElement>('[aria-invalid]') ?? element.current;
    wrong?.focus();
  }, [refusals]);

  const chooseObject = (object: string) => {
    const { outputs } = draft;
    const [only, ...more] = outputs ?? [];
    const renamed = only && more.length === 0 && object !== '' ? [{ ...only, object }] : outputs;
    change({ to: { ...draft.to, object }, outputs: renamed });
  };
  const save = async (run: boolean, over?: Sync) => {
    const done = await filled.save(settled, { run, over });
    if (done) onSaved(done.sync, done.run);
  };
  const tryIt = (): object | undefined => {
    const lacks = lacksOf(settled);
    refuse(lacks);
    if (lacks.length > 0) return undefined;
    return saved && !dirty ? { sync: saved.id } : { unsaved: bodyOf(settled, saved) };
  };
  return (
    <div className={style.bench}>
      <form
        ref={element}
        className={form.form}
        noValidate
        tabIndex={-1}
        aria-label="Sync"
        onSubmit={(event) => {
          event.preventDefault();
          void save(false);
        }}
      >
        <Trouble problem={problem} onAgain={again} />
        <FormNotices filled={filled} onOver={(theirs) => void save(false, theirs)} onGo={onSaved} />
        <Field label="Name" required faults={faultsAt(faults, 'name')}>
          {(tied) => (
            <input
              {...tied}
              value={settled.name}
              maxLength={200}
              autoComplete="off"
              dir="auto"
              onChange={({ target }) => change({ name: target.value })}
            />
          )}
        </Field>
        <div className={style.pair}>
          <FromFields
            {...{ settled, complete, streams, faults }}
            connections={connections.filter(isAble('source'))}
            onChange={(from) => change({ from })}
          />
          <ToFields
            {...{ settled, complete, objects, faults }}
            connections={connections.filter(isAble('destination'))}
            onConnection={(connection) => change({ to: { connection } })}
            onObject={chooseObject}
          />
        </div>
        <OutputsFields objects={offered} {...{ settled, faults }} onChange={(outputs) => change({ outputs })} />
        <div className={style.pair}>
          <HowFields objects={written} stream={settled.stream} {...{ draft, faults }} onChange={change} />
          <ScheduleFields
            syncs={syncs.filter(({ id }) => id !== saved?.id)}
            {...{ schedule: draft.schedule, endless, faults }}
            onChange={(schedule) => change({ schedule })}
          />
        </div>
        <Field label="Labels" hint="With commas between them." faults={faultsAt(faults, 'labels')}>
          {(tied) => (
            <input
              {...tied}
              value={draft.labels}
              autoComplete="off"
              onChange={({ target }) => change({ labels: target.value })}
            />
          )}
        </Field>
        <MoreFields stream={settled.stream} {...{ draft, endless, faults }} onChange={change} />
        {!endless && (
          <DryRun
            title="Try it"
            action="Try it"
            of={JSON.stringify(draft)}
            ask={tryIt}
            onRefused={(problem) => refuse(faultsOf(problem, settled.outputs))}
          />
        )}
        <div className={`${form.buttons} ${style.end}`}>
          <Button kind="main" icon="save" busy={doing !== undefined}>
            Save
          </Button>
          {!endless && (
            <Button type="button" icon="play" busy={doing !== undefined} onClick={() => void save(true)}>
              Save and run
            </Button>
          )}
          <CancelButton dirty={dirty} forget={filled.forget} onLeave={onLeave} />
        </div>
      </form>
    </div>
  );
}
