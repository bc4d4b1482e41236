import {
  object,
  recordKinds,
  type DestinationObject,
  type Outcome,
  type Peek,
  type PushRow,
  type RecordKindName,
} from '@millrace/sdk';
import type { PartSource } from '../folding/index.ts';
import type { ProfileSettings } from '../settings/index.ts';
import { partSource, peekRows, pushRows } from './read-rows.ts';

export interface StoreObject<T> {
  kind: RecordKindName;
  key?: string;
  /** Throws a MillraceError for a row that is not of the kind. */
  read: (row: PushRow, source: PartSource) => T;
  writer: StoreObjectWriter<T>;
}

export interface StoreObjectWriter<T> {
  write(items: T[], source: PartSource): Promise<Outcome[]>;
  /** What writing would do. */
  peek(items: T[], source: PartSource): Promise<Peek[]>;
}

/** An object of the profile store: rows are read one by one, and those that can be read are written together. */
export function storeObject<T>(
  { kind, key, read, writer }: StoreObject<T>,
  settings: ProfileSettings,
): DestinationObject {
  const { title, description, schema } = recordKinds[kind];
  return object({
    ...{ title, description, schema, key },
    modes: ['upsert', 'delete'],
    idempotency: 'natural',
    everyRow: true,
    batch: { records: 2_000 },
    async push(ctx, rows) {
      const source = await partSource(ctx, settings);
      return pushRows(
        rows,
        (row) => read(row, source),
        (items) => writer.write(items, source),
      );
    },
    async peek(ctx, rows) {
      const source = await partSource(ctx, settings);
      return peekRows(
        rows,
        (row) => read(row, source),
        (items) => writer.peek(items, source),
      );
    },
  });
}
