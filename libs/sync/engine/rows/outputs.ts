import { MillraceError, type DestinationObject, type Mapping, type Stream } from '@millrace/sdk';
import type { SyncTo } from '../../syncs/sync.schema.ts';

/** Where rows go: which objects, and how a row becomes a record of each. */
export interface Output<O = DestinationObject> {
  object: string;
  definition: O;
  mapping: Mapping;
}

interface WithMapping {
  mapping?: Mapping;
}

/** A sync's own mappings, else what the stream says it means, else the object's usual mapping. */
export function outputsOf<O extends WithMapping>(
  sync: { to: SyncTo; outputs?: Record<string, Mapping> },
  stream: Pick<Stream, 'outputs'>,
  objects: Record<string, O>,
): Output<O>[] {
  const chosen = sync.outputs ?? usualOutputs(sync.to, stream, objects);
  return Object.entries(chosen).map(([object, mapping]) => ({
    object,
    mapping,
    definition: objectOf(objects, object),
  }));
}

function usualOutputs(
  to: SyncTo,
  stream: Pick<Stream, 'outputs'>,
  objects: Record<string, WithMapping>,
): Record<string, Mapping> {
  if (to.object) {
    const mapping = stream.outputs?.[to.object] ?? objectOf(objects, to.object).mapping;
    if (mapping) return { [to.object]: mapping };
    throw new MillraceError(
      'invalid_mapping',
      `Neither the stream nor "${to.object}" brings a mapping. Give the sync a \`mapping\`.`,
    );
  }
  const known = Object.entries(stream.outputs ?? {}).filter(([object]) => Object.hasOwn(objects, object));
  if (known.length > 0) return Object.fromEntries(known);
  throw new MillraceError(
    'invalid_mapping',
    `The stream does not say what its rows mean. Choose an object (${Object.keys(objects).join(', ')}) and give a \`mapping\`.`,
  );
}

function objectOf<O>(objects: Record<string, O>, name: string): O {
  const found = Object.hasOwn(objects, name) ? objects[name] : undefined;
  if (found) return found;
  throw new MillraceError(
    'object_not_found',
    `The destination has no object "${name}". It has: ${Object.keys(objects).join(', ') || 'none'}.`,
  );
}
