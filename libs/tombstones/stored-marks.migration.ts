import type { Json } from '@millrace/sdk';
import type { Connection, mongo } from 'mongoose';
import { identityHashesIn, plainCollection, type Migration, type MigrationStep, type Signer } from '#platform';
import { formerAddressesIn } from './former-addresses.ts';

/** Stored texts with HMACs of the identities in them (`identities`), by which erasure finds them. */
export interface MarkedTexts {
  model: string;
  field: 'json' | 'raw';
  /** What of the field was looked through (default: all of it). */
  textOf?: (stored: string) => string;
  /** What is kept of an HMAC (default: all of it). */
  markOf?: (hmac: string) => string;
}

type Marked = { _id: string; identities?: string[] } & Partial<Record<MarkedTexts['field'], string>>;

const atATime = { rows: 250, bytes: 1_000_000 };

export const storedMarksNumber = 10;

/**
 * Since 28 November 2026 addresses with any letters are marked as such, and those of which only a part was marked are not marked by it any more: what was stored
 * before gets the marks that it would get now. Marks that tell of something else (ids) stay.
 */
export function storedMarks(kinds: readonly MarkedTexts[]): Migration {
  return {
    number: storedMarksNumber,
    title: 'whatever holds personal data is found by addresses with any letters',
    when: 'background',
    async step(connection, position, signer): Promise<MigrationStep> {
      const { model, after } = placeIn(position) ?? { model: kinds[0]?.model, after: '' };
      const place = kinds.findIndex((one) => one.model === model);
      const kind = kinds[place];
      if (!kind) return { changed: 0 };
      const { changed, last } = await markPage(connection, kind, after, signer);
      const next = last === undefined ? kinds[place + 1]?.model : kind.model;
      return { changed, ...(next !== undefined && { position: { model: next, after: last ?? '' } }) };
    },
  };
}

/** Gives the last row looked at, none at the end. */
async function markPage(
  connection: Connection,
  { model, field, textOf = whole, markOf = whole }: MarkedTexts,
  after: string,
  signer: Signer,
): Promise<{ changed: number; last?: string }> {
  const rows = plainCollection<Marked>(connection.model<Marked>(model));
  const { page, last } = await pageOf(rows, field, after);
  const writes = page.flatMap((row): mongo.AnyBulkWriteOperation<Marked>[] => {
    const { _id, identities: stored = [], [field]: text = '' } = row;
    const looked = textOf(text);
    const former = new Set(formerAddressesIn(looked).map((address) => markOf(signer.hmac('identity', address))));
    const now = identityHashesIn(looked, signer).map(markOf);
    const identities = [...new Set([...stored.filter((mark) => !former.has(mark)), ...now])];
    if (isSame(identities, stored)) return [];
    // Whoever writes the row meanwhile marks it.
    return [{ updateOne: { filter: { _id, [field]: text }, update: { $set: { identities } } } }];
  });
  const changed = writes.length > 0 ? (await rows.bulkWrite(writes, { ordered: false })).modifiedCount : 0;
  return { changed, ...(last !== undefined && { last }) };
}

async function pageOf(
  rows: mongo.Collection<Marked>,
  field: MarkedTexts['field'],
  after: string,
): Promise<{ page: Marked[]; last?: string }> {
  const found = rows.find<Marked>(
    { _id: { $gt: after } },
    { projection: { identities: 1, [field]: 1 }, sort: { _id: 1 }, limit: atATime.rows, batchSize: 50 },
  );
  const page: Marked[] = [];
  let bytes = 0;
  for await (const row of found) {
    page.push(row);
    bytes += row[field]?.length ?? 0;
    if (bytes >= atATime.bytes) break;
  }
  const last = page.at(-1)?._id;
  return { page, ...(last !== undefined && { last }) };
}

function placeIn(position: Json | undefined): { model: string; after: string } | undefined {
  return position as { model: string; after: string } | undefined;
}

function isSame(marks: readonly string[], stored: readonly string[]): boolean {
  const known = new Set(stored);
  return marks.length === known.size && marks.every((mark) => known.has(mark));
}

function whole(text: string): string {
  return text;
}
