import type { Connection, ReadMode, Stream, TargetObject } from '../api/index.ts';
import { usualRead } from './modes.ts';
import { rowsOf } from './rule-rows.ts';
import { suggestMapping } from './suggest-mapping.ts';
import type { OutputDraft, SyncDraft } from './sync-draft.ts';

/** What is known of the two ends, as far as it was read. */
export interface Ends {
  connections: readonly Connection[];
  streams?: readonly Stream[];
  objects?: readonly TargetObject[];
}

/** A draft with what is usual, or suggested, where it says nothing. */
export interface Settled {
  draft: SyncDraft;
  name: string;
  /** Its name; empty: it has to be chosen. */
  from: string;
  stream?: Stream;
  /** Empty: several; absent: it has to be chosen. */
  object?: string;
  outputs: OutputDraft[];
  /** They are the connector's own, which the sync takes over as they change. */
  isUsual: boolean;
  /** Absent: the API decides, and nobody knows how. */
  read?: ReadMode;
}

export function settle(draft: SyncDraft, ends: Ends): Settled {
  const { streams = [], objects = [] } = ends;
  const from = draft.from.stream === '' && streams.length === 1 ? streams[0]!.name : draft.from.stream;
  const stream = streams.find(({ name }) => name === from);
  const object = draft.to.object ?? usualObject(stream, objects);
  const { outputs, isUsual } = outputsOf(draft, object, stream, ends.objects);
  const read = (draft.read || (stream && usualRead(stream, draft.from.cursor, draft.mode))) as ReadMode | undefined;
  return { draft, name: draft.name ?? suggestedName(draft, from, ends), from, stream, object, outputs, isUsual, read };
}

/** Objects that a stream says what it means for. */
export function namedObjects(stream: Stream | undefined, objects: readonly TargetObject[]): string[] {
  return Object.keys(stream?.outputs ?? {}).filter((name) => objects.some((object) => object.name === name));
}

function usualObject(stream: Stream | undefined, objects: readonly TargetObject[]): string | undefined {
  if (namedObjects(stream, objects).length > 0) return '';
  return objects.length === 1 ? objects[0]!.name : undefined;
}

function outputsOf(
  { outputs }: SyncDraft,
  object: string | undefined,
  stream: Stream | undefined,
  objects: readonly TargetObject[] | undefined,
): Pick<Settled, 'outputs' | 'isUsual'> {
  if (outputs) return { outputs: fitted(outputs, object, objects), isUsual: false };
  // What was saved without a mapping stays so while nobody can tell what is usual.
  if (!stream || !objects || object === undefined) return { outputs: [], isUsual: true };
  const brought = stream.outputs ?? {};
  if (object === '') {
    const named = namedObjects(stream, objects);
    return {
      outputs: named.map((name) => ({ object: name, rows: rowsOf(brought[name]!) })),
      isUsual: named.length > 0,
    };
  }
  const target = objects.find(({ name }) => name === object);
  const usual = brought[object] ?? target?.mapping;
  if (usual) return { outputs: [{ object, rows: rowsOf(usual) }], isUsual: true };
  return { outputs: [{ object, rows: target ? suggestMapping(stream, target) : [] }], isUsual: false };
}

/** What was written for an object that another destination does not have is for what was chosen there. */
function fitted(
  outputs: OutputDraft[],
  object: string | undefined,
  objects: readonly TargetObject[] | undefined,
): OutputDraft[] {
  const [only, ...more] = outputs;
  if (!only || more.length > 0 || !object || !objects) return outputs;
  return objects.some(({ name }) => name === only.object) ? outputs : [{ ...only, object }];
}

/** "Customer list", "Shop: Orders → Warehouse" */
function suggestedName({ from, to }: SyncDraft, stream: string, { connections, streams = [] }: Ends): string {
  const named = (ref: string) => connectionOf(connections, ref)?.name;
  const source = named(from.connection);
  if (source === undefined) return '';
  const { title = stream } = streams.find(({ name }) => name === stream) ?? {};
  const what = streams.length > 1 && title !== '' ? `: ${title}` : '';
  const target = to.connection === 'profiles' ? undefined : named(to.connection);
  return `${source}${what}${target === undefined ? '' : ` → ${target}`}`.slice(0, 200);
}

/** By its id or its slug. */
export function connectionOf(connections: readonly Connection[], ref: string): Connection | undefined {
  return connections.find(({ id, slug }) => id === ref || slug === ref);
}
