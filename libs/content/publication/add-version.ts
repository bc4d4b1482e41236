import type { ClientSession, Connection } from 'mongoose';
import { isDuplicate } from '#platform';

interface Publication {
  /** Says of the draft which version is the newest, where it is as it was read. */
  note: (session: ClientSession) => PromiseLike<{ matchedCount: number }>;
  add: (session: ClientSession) => PromiseLike<unknown>;
}

/** Adds a version and makes it the newest in one go: neither is there without the other. False when it exists already, or the draft is another one by now, or gone. */
export async function addVersion(connection: Connection, { note, add }: Publication): Promise<boolean> {
  try {
    return await connection.transaction(async (session) => {
      const { matchedCount } = await note(session);
      if (matchedCount > 0) await add(session);
      return matchedCount > 0;
    });
  } catch (error) {
    if (isDuplicate(error)) return false;
    throw error;
  }
}
