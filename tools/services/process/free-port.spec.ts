import { execFile } from 'node:child_process';
import { createServer } from 'node:net';
import { promisify } from 'node:util';
import { expect, it } from '@jest/globals';
import { freePort } from './free-port.ts';

const register = new URL('../../typescript/register.mjs', import.meta.url).href;
const program = `
  const { freePort } = await import(${JSON.stringify(new URL('free-port.ts', import.meta.url).href)});
  console.log(JSON.stringify(await Promise.all(Array.from({ length: 300 }, () => freePort()))));
  process.stdin.resume().once('end', () => process.exit());`;

it('gives nobody a port that somebody else was given and does not listen on yet, whatever the process', async () => {
  const others = ['a', 'b'].map(() => {
    const running = promisify(execFile)(process.execPath, ['--import', register, '--input-type=module', '-e', program]);
    return { running, child: running.child };
  });
  const own = await Promise.all(Array.from({ length: 300 }, () => freePort()));
  const texts = others.map(
    ({ child }) =>
      new Promise<string>((resolve) => child.stdout?.once('data', (data: Buffer) => resolve(String(data)))),
  );
  const theirs = (await Promise.all(texts)).flatMap((text) => JSON.parse(text) as number[]);
  for (const { child } of others) child.stdin?.end();
  await Promise.all(others.map(({ running }) => running));
  expect(new Set([...own, ...theirs]).size).toBe(900);
});

it('gives the preferred one where it is free', async () => {
  const port = await freePort();
  expect(await freePort(port)).toBe(port);
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  expect(await freePort(port)).not.toBe(port);
  server.close();
});
