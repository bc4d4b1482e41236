import { spawn, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const entry = fileURLToPath(new URL('./child.ts', import.meta.url));
/** The child is TypeScript too, whichever way this process came to load it. */
const typescript = new URL('../../../tools/typescript/register.mjs', import.meta.url).href;

/** A mail is garbage as soon as it is counted: it is thrown away within the processor's cache, and no other core is woken up for it. */
const garbage = ['--max-semi-space-size=2', '--single-threaded-gc', '--no-allocation-site-pretenuring'];

/**
 * A process that knows nothing of ours but what helpers sign with: else an empty environment, and limits on its heap (by V8) and on its data (by the operating
 * system, where there is one with `ulimit`). It ends when this process does.
 */
export function startChild(memoryMb: number, hmacSecret?: string): ChildProcess {
  const node = [`--max-old-space-size=${memoryMb}`, ...garbage, '--import', typescript, entry];
  const options = {
    env: { TZ: 'UTC', NODE_ENV: 'production', ...(hmacSecret !== undefined && { HMAC_SECRET: hmacSecret }) },
    stdio: ['pipe', 'ignore', 'pipe', 'ipc'],
    cwd: '/',
  } as const;
  if (process.platform === 'win32')
    return spawn(process.execPath, node, { ...options, cwd: undefined, stdio: [...options.stdio] });
  // Beside the heap: V8's own memory, compiled code and the stacks of its threads. Most of it is only reserved; Node 24 and later want over 500 MB.
  const kilobytes = (memoryMb + 750) * 1024;
  const limited = `ulimit -d ${kilobytes} 2>/dev/null; ulimit -c 0 2>/dev/null; exec "$0" "$@"`;
  return spawn('/bin/sh', ['-c', limited, process.execPath, ...node], { ...options, stdio: [...options.stdio] });
}
