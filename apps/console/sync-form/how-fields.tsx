import type { Stream, TargetObject } from '../api/index.ts';
import { FieldGroup } from '../forms/index.ts';
import { Choice } from './choice.tsx';
import { faultsAt, type Fault } from './faults.ts';
import { modesOf, readsOf, usualRead } from './modes.ts';
import type { SyncDraft } from './sync-draft.ts';

interface Props {
  draft: SyncDraft;
  stream?: Stream;
  /** Those that are written. */
  objects: readonly TargetObject[];
  faults: readonly Fault[];
  onChange: (change: Partial<SyncDraft>) => void;
}

const reads = {
  full: 'all of it each time',
  incremental: 'what changed since the last run',
  stream: 'followed without an end',
};

const modes = {
  upsert: 'upsert (make or change)',
  insert: 'insert (make only)',
  update: 'update (change only)',
  mirror: 'mirror (also remove what is gone at the source)',
  delete: 'delete (remove what the source names)',
};

/** How it is read and written. */
export function HowFields({ draft, stream, objects, faults, onChange }: Props) {
  const { cursor } = draft.from;
  const able = modesOf(objects);
  return (
    <FieldGroup title="Reading and writing">
      <Choice
        label="Read"
        value={draft.read}
        usual={stream && reads[usualRead(stream, cursor, draft.mode)]}
        options={stream ? readsOf(stream, cursor, draft.mode).map((read) => [read, reads[read]]) : []}
        faults={faultsAt(faults, 'read')}
        onChange={(read) => onChange({ read })}
      />
      <Choice
        label="Mode"
        value={draft.mode}
        usual={able[0] && modes[able[0]]}
        options={able.map((mode) => [mode, modes[mode]])}
        faults={faultsAt(faults, 'mode')}
        onChange={(mode) => onChange({ mode })}
      />
    </FieldGroup>
  );
}
