import { type mongo, type Connection } from 'mongoose';
import { MillraceError, type ErrorCode } from '@millrace/sdk';
import { bsonBound } from './bson-bound.ts';
import { durably } from './connect-mongo.ts';
import { duplicateKey, hasLostPrimary, noPrimary } from '../errors/index.ts';

/** MongoDB takes a command of 16 MB. */
const mostBytes = 12_000_000;

interface Fault {
  code: number;
  errmsg?: string;
}

interface Answer {
  writeErrors?: (Fault & { index: number })[];
  writeConcernError?: Fault;
}

/**
 * Inserts plain documents with ids, for hot paths that write a page's worth; gives the positions of those whose key was there already. They are encoded as a
 * whole, which takes half the time and garbage of the driver's `insertMany`. What is undefined is left out. When the primary is lost, it is tried once more, as the
 * driver does; what the first attempt wrote counts as there already then. Throws `service_unavailable` where a write is not confirmed, `internal` where a
 * document is refused.
 * @param boundOf bytes of a document as BSON, rather too many than too few, where the caller can tell sooner than by looking at all of it
 */
export async function insertUnordered<T extends object>(
  connection: Connection,
  collection: mongo.Collection<T>,
  documents: readonly T[],
  boundOf: (document: T) => number = bsonBound,
): Promise<Set<number>> {
  const lost = new Set<number>();
  for (const { start, end } of piecesOf(documents, boundOf)) {
    const piece = start === 0 && end === documents.length ? documents : documents.slice(start, end);
    const answer = await insertPiece(connection, collection.collectionName, piece);
    for (const position of lostIn(answer)) lost.add(start + position);
  }
  return lost;
}

async function insertPiece(connection: Connection, insert: string, documents: readonly object[]): Promise<Answer> {
  const send = async (): Promise<Answer> =>
    (await connection.db?.command(
      { insert, ordered: false, writeConcern: durably, documents },
      { ignoreUndefined: true },
    )) as unknown as Answer;
  try {
    return await send();
  } catch (error) {
    if (!hasLostPrimary(error)) throw error;
    return send();
  }
}

function* piecesOf<T>(
  documents: readonly T[],
  boundOf: (document: T) => number,
): Generator<{ start: number; end: number }> {
  let start = 0;
  let bytes = 0;
  for (let end = 0; end < documents.length; end++) {
    const weight = boundOf(documents[end] as T);
    if (end > start && bytes + weight > mostBytes) {
      yield { start, end };
      [start, bytes] = [end, 0];
    }
    bytes += weight;
  }
  if (start < documents.length) yield { start, end: documents.length };
}

function lostIn({ writeErrors = [], writeConcernError }: Answer): number[] {
  if (writeConcernError) throw unwritten('service_unavailable', 'has not confirmed a write', writeConcernError);
  const refused = writeErrors.find(({ code }) => code !== duplicateKey);
  if (refused) {
    const code = noPrimary.has(refused.code) ? 'service_unavailable' : 'internal';
    throw unwritten(code, 'has not taken a document', refused);
  }
  return writeErrors.map(({ index }) => index);
}

/** Nobody foresaw it, so that it may pass. */
function unwritten(code: ErrorCode, what: string, { code: number, errmsg = 'no reason given' }: Fault): MillraceError {
  return new MillraceError(code, `MongoDB ${what} (${number}): ${errmsg}`, { retryable: true });
}
