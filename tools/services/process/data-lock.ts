import { accessSync, constants, linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { MillraceError, messageOf } from '@millrace/sdk';
import { processStart } from './process-identity.ts';

export interface ProcessMark {
  pid: number;
  start: string;
}

export interface LockContent extends ProcessMark {
  since: string;
  /** The servers that the owner started on the data. */
  servers: ProcessMark[];
}

/** Says that this process owns a data folder. */
export interface DataLock {
  /** Remembers a server, so that the next owner can wait for it should this process die. */
  addServer(pid: number): void;
  /** Forgets a server that has ended; one that has only lost its supervisor is ended. */
  removeServer(pid: number): Promise<void>;
  release(): void;
}

const patienceMs = 15_000;

/**
 * Takes `<dataDir>/lock`. The lock of a process that is gone (or whose id belongs to another process now) is taken over, after
 * the servers that it left behind have ended.
 * @throws MillraceError `data_in_use` when a living process owns the folder, `invalid_settings` when nobody can write there
 */
export async function lockDataDir(dataDir: string): Promise<DataLock> {
  ensureFolder(dataDir);
  const file = join(dataDir, 'lock');
  const content: LockContent = { ...mark(process.pid), since: new Date().toISOString(), servers: [] };
  while (!create(file, content)) {
    const found = readLock(file);
    if (found === undefined) continue; // released meanwhile
    if (isAlive(found.content)) throw inUse(dataDir, found.content);
    if (discard(file, found.text)) content.servers = found.content.servers; // otherwise somebody else was quicker
  }
  await Promise.all(content.servers.map(endOrphan)); // meanwhile they are in our lock, for whoever takes over from us
  content.servers = [];
  replace(file, content);
  return {
    addServer(pid) {
      content.servers.push(mark(pid));
      replace(file, content);
    },
    async removeServer(pid) {
      const gone = content.servers.filter((server) => server.pid === pid);
      await Promise.all(gone.map(endOrphan));
      content.servers = content.servers.filter((server) => !gone.includes(server));
      replace(file, content);
    },
    release: () => rmSync(file, { force: true }),
  };
}

function ensureFolder(dataDir: string): void {
  try {
    mkdirSync(dataDir, { recursive: true });
    accessSync(dataDir, constants.W_OK | constants.X_OK);
  } catch (error) {
    throw new MillraceError(
      'invalid_settings',
      `The data folder ${dataDir} cannot be used (${messageOf(error)}). Set MILLRACE_DATA_DIR to a folder that the user of this process may write to.`,
      { cause: error },
    );
  }
}

function mark(pid: number): ProcessMark {
  return { pid, start: processStart(pid) ?? '' };
}

function isAlive({ pid, start }: ProcessMark): boolean {
  return start !== '' && processStart(pid) === start;
}

/** Writes aside and links, so that nobody ever reads half a lock. */
function create(file: string, content: LockContent): boolean {
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, JSON.stringify(content, null, 2), { mode: 0o600 });
  try {
    linkSync(draft, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

function replace(file: string, content: LockContent): void {
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, JSON.stringify(content, null, 2), { mode: 0o600 });
  renameSync(draft, file);
}

function readLock(file: string): { text: string; content: LockContent } | undefined {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  return { text, content: parse(text) };
}

/** What is no lock of ours names nobody, so it counts as stale. */
function parse(text: string): LockContent {
  const nobody: LockContent = { pid: 0, start: '', since: '', servers: [] };
  try {
    const content = JSON.parse(text) as Partial<LockContent>;
    return { ...nobody, ...content, servers: Array.isArray(content.servers) ? content.servers : [] };
  } catch {
    return nobody;
  }
}

/** Moves the stale lock away; puts it back when what was moved is already the lock of a quicker process. */
function discard(file: string, judged: string): boolean {
  const aside = `${file}.stale.${process.pid}`;
  try {
    renameSync(file, aside);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw error;
  }
  const isWhatWasJudged = readFileSync(aside, 'utf8') === judged;
  if (!isWhatWasJudged) linkSync(aside, file);
  rmSync(aside);
  return isWhatWasJudged;
}

async function endOrphan(server: ProcessMark): Promise<void> {
  const deadline = Date.now() + patienceMs;
  if (isAlive(server)) process.kill(server.pid, 'SIGTERM');
  while (isAlive(server)) {
    if (Date.now() > deadline) process.kill(server.pid, 'SIGKILL');
    await delay(50); // the server is nobody's child by now, so its end cannot be awaited
  }
}

function inUse(dataDir: string, { pid, since }: LockContent): MillraceError {
  return new MillraceError(
    'data_in_use',
    `${dataDir} is used by process ${pid} since ${since}. Stop that process first, or choose another data folder.`,
  );
}
