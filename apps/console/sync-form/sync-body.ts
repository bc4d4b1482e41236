import type { Sync } from '../api/index.ts';
import { mappingOf } from './rule-rows.ts';
import { scheduleOf } from './schedule-draft.ts';
import type { Settled } from './settle.ts';
import { listIn } from '../texts/index.ts';
import { toldFields } from './told-fields.ts';

/**
 * The whole sync as the API takes it: what the form does not know of stays as it was.
 *
 * @param base what is saved
 * @throws SyntaxError where JSON is none
 */
export function bodyOf({ draft, name, from, object, outputs, isUsual, read }: Settled, base?: Sync): object {
  const kept = Object.entries(base ?? {}).filter(([field]) => !toldFields.includes(field));
  const key = listIn(draft.from.key);
  const endless = read === 'stream';
  return {
    ...Object.fromEntries(kept),
    name: name.trim(),
    from: {
      ...base?.from,
      connection: draft.from.connection,
      stream: from,
      key: key.length > 0 ? key : undefined,
      cursor: draft.from.cursor.trim() || undefined,
    },
    to: { ...base?.to, connection: draft.to.connection, object: object || undefined },
    outputs: isUsual ? undefined : Object.fromEntries(outputs.map((output) => [output.object, mappingOf(output.rows)])),
    read: draft.read || undefined,
    consumers: endless && draft.consumers.trim() !== '' ? Number(draft.consumers) : undefined,
    mode: draft.mode || undefined,
    delivery: draft.delivery || undefined,
    drift: draft.drift || undefined,
    filter: draft.filter.trim() === '' ? undefined : (JSON.parse(draft.filter) as unknown),
    schedule: endless ? undefined : scheduleOf(draft.schedule),
    labels: listIn(draft.labels),
  };
}
