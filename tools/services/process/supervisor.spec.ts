import { fork } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { expect, it } from '@jest/globals';

const supervisor = fileURLToPath(new URL('./supervisor.mjs', import.meta.url));

it('starts no server for a process that is gone before it has begun', async () => {
  const child = fork(supervisor, ['SIGTERM', 'echo', 'a server without an owner'], {
    execArgv: [],
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  const said = text(child.stdout as NonNullable<typeof child.stdout>);
  child.disconnect(); // as when whoever asked for it is killed
  expect(await once(child, 'exit')).toEqual([0, null]);
  expect(await said).toBe('');
});
