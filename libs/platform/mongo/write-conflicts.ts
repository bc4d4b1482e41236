import { mongo } from 'mongoose';
import { duplicateKey } from '../errors/index.ts';

const writeConflict = 112;

/**
 * The positions within an unordered bulk write that lost a race: their key was there already. Rethrows an error that is about
 * anything else.
 */
export function lostPositions(error: unknown): Set<number> {
  if (!(error instanceof mongo.MongoBulkWriteError)) throw error;
  const failed = [error.writeErrors].flat() as { code: number; index: number }[];
  if (failed.length === 0 || failed.some(({ code }) => code !== duplicateKey)) throw error;
  return new Set(failed.map(({ index }) => index));
}

/** Whether a unique key was there already. */
export function isDuplicate(error: unknown): boolean {
  return error instanceof mongo.MongoServerError && error.code === duplicateKey;
}

/** False when a unique key was there already. */
export async function unlessTaken(insertion: Promise<unknown>): Promise<boolean> {
  try {
    await insertion;
    return true;
  } catch (error) {
    if (isDuplicate(error)) return false;
    throw error;
  }
}

/** Whether somebody else was faster, so that reading again and trying again makes sense. */
export function lostRace(error: unknown): boolean {
  if (!(error instanceof mongo.MongoServerError)) return false;
  return (
    error.code === duplicateKey || error.code === writeConflict || error.hasErrorLabel('TransientTransactionError')
  );
}

/** Runs an unordered bulk write; gives the positions that lost a race. */
export async function writeUnordered(write: () => Promise<unknown>): Promise<Set<number>> {
  try {
    await write();
    return new Set();
  } catch (error) {
    return lostPositions(error);
  }
}
