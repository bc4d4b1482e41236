import { object, type DestinationObject, type Peek } from '@millrace/sdk';
import { readPart } from '../folding/index.ts';
import { kinds } from '../kinds/index.ts';
import type { PeekedPart, ProfileWriter } from '../writer/index.ts';
import { partSource, peekRows, pushRows } from './read-rows.ts';

export function profileObject(writer: ProfileWriter): DestinationObject {
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
      const source = partSource(ctx);
      return pushRows(
        rows,
        (row) => ({ part: readPart(row, source), undated: row.undated }),
        async (parts) => (await writer.write(parts)).map(({ outcome }) => outcome),
      );
    },
    async peek(ctx, rows) {
      const source = partSource(ctx);
      return peekRows(
        rows,
        (row) => ({ part: readPart(row, source), undated: row.undated }),
        async (parts) => (await writer.peek(parts)).map(peekOf),
      );
    },
  });
}

function peekOf({ outcome, before, after }: PeekedPart): Peek {
  return { outcome, ...(before && { before: { ...before } }), ...(after && { after: { ...after } }) };
}
