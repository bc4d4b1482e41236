import { mkdtemp, statfs } from 'node:fs/promises';
import { freemem, tmpdir } from 'node:os';
import { join } from 'node:path';

const memoryDisk = '/dev/shm';
const enough = 8_000_000_000;

/**
 * A new folder for the data of servers that are gone after the tests: in memory where there is plenty, since MongoDB makes several files for every collection
 * of every spec's database durable. It outlives processes that are killed, as a disk does.
 */
export async function makeDataFolder(prefix: string): Promise<string> {
  return mkdtemp(join((await hasRoomInMemory()) ? memoryDisk : tmpdir(), prefix));
}

async function hasRoomInMemory(): Promise<boolean> {
  if (process.platform !== 'linux' || freemem() < enough) return false;
  try {
    const { bavail, bsize } = await statfs(memoryDisk);
    return bavail * bsize >= enough;
  } catch {
    return false; // there is none
  }
}
