import { object, type DestinationObject, type Peek } from '@millrace/sdk';
import { readPart, type Traits } from '../folding/index.ts';
import { kinds } from '../kinds/index.ts';
import type { SensitiveTraits } from '../traits/index.ts';
import type { PeekedPart, ProfileWriter } from '../writer/index.ts';
import type { ProfileSettings } from '../settings/index.ts';
import { partSource, peekRows, pushRows } from './read-rows.ts';

export function profileObject(
  writer: ProfileWriter,
  sensitive: SensitiveTraits,
  settings: ProfileSettings,
): DestinationObject {
  const { title, description, schema } = kinds.profile;
  return object({
    title,
    description,
    modes: ['upsert', 'delete'],
    idempotency: 'natural',
    everyRow: true,
    batch: { records: 2_000 },
    schema,
    async push(ctx, rows) {
      const source = await partSource(ctx, settings);
      return pushRows(
        rows,
        (row) => ({ part: readPart(row, source), undated: row.undated }),
        async (parts) => (await writer.write(await sensitive.sealRows(parts))).map(({ outcome }) => outcome),
      );
    },
    async peek(ctx, rows) {
      const source = await partSource(ctx, settings);
      const open = await sensitive.opener();
      return peekRows(
        rows,
        (row) => ({ part: readPart(row, source), undated: row.undated }),
        async (parts) => {
          const peeked = await writer.peek(await sensitive.sealRows(parts));
          return peeked.map((part) => peekOf(part, open));
        },
      );
    },
  });
}

function peekOf({ outcome, before, after }: PeekedPart, open: (traits: Traits) => Traits): Peek {
  return {
    outcome,
    ...(before && { before: { ...before, traits: open(before.traits) } }),
    ...(after && { after: { ...after, traits: open(after.traits) } }),
  };
}
