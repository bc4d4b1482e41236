import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout } from 'node:timers/promises';

const lookEvery = 250; // milliseconds

/**
 * Does `work` while no other process does its own under the same lock `file`, which names the process that holds it; `onWait` hears
 * that one's id, once. What a process that has ended left behind holds up nobody.
 */
export async function alone(file, work, onWait) {
  let told = false;
  for (let holder = take(file); holder !== undefined; holder = take(file)) {
    if (!isAlive(holder)) {
      rmSync(file, { force: true });
      continue;
    }
    if (!told) onWait(holder);
    told = true;
    await setTimeout(lookEvery);
  }
  try {
    return await work();
  } finally {
    rmSync(file, { force: true });
  }
}

/** The process that holds the file; nothing if that is us from now on. The file is never there without its text. */
function take(file) {
  const draft = `${file}.${process.pid}`;
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(draft, String(process.pid));
  try {
    linkSync(draft, file);
    return undefined;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
    return holderOf(file);
  } finally {
    rmSync(draft, { force: true });
  }
}

function holderOf(file) {
  try {
    return Number(readFileSync(file, 'utf8'));
  } catch {
    return 0; // it has just been let go
  }
}

/** Our own id is that of who was killed before us: a container gives each the same. */
function isAlive(id) {
  try {
    return id > 0 && id !== process.pid && process.kill(id, 0);
  } catch (error) {
    return error.code === 'EPERM'; // somebody else's
  }
}
