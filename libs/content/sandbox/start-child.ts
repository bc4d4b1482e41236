import { spawn, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const entry = fileURLToPath(new URL('./child.ts', import.meta.url));
/** The child is TypeScript too, whichever way this process came to load it. */
const typescript = new URL('../../../tools/typescript/register.mjs', import.meta.url).href;

/**
 * A process that knows nothing of ours: an empty environment, and limits on its heap (by V8) and on its data (by the operating
 * system, where there is one with `ulimit`). It ends when this process does.
 */
export function startChild(memoryMb: number): ChildProcess {
  const node = [`--max-old-space-size=${memoryMb}`, '--max-semi-space-size=8', '--import', typescript, entry];
  const options = {
    env: { TZ: 'UTC', NODE_ENV: 'production' },
    stdio: ['pipe', 'ignore', 'pipe', 'ipc'],
    cwd: '/',
  } as const;
  if (process.platform === 'win32')
    return spawn(process.execPath, node, { ...options, cwd: undefined, stdio: [...options.stdio] });
  // Beside the heap: V8's own memory, compiled code and the stacks of its threads.
  const kilobytes = (memoryMb + 450) * 1024;
  const limited = `ulimit -d ${kilobytes} 2>/dev/null; ulimit -c 0 2>/dev/null; exec "$0" "$@"`;
  return spawn('/bin/sh', ['-c', limited, process.execPath, ...node], { ...options, stdio: [...options.stdio] });
}
