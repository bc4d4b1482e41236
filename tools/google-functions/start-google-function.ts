import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

export interface GoogleFunction {
  url: string;
  output(): string;
  stop(): Promise<void>;
}

/** Serves the function `target` of a bundle's `index.mjs`. */
export async function startGoogleFunction(
  folder: string,
  target: string,
  signature: 'http' | 'cloudevent',
  env: Record<string, string>,
): Promise<GoogleFunction> {
  const args = [join(import.meta.dirname, 'serve-function.mjs'), join(folder, 'index.mjs'), target, signature];
  const served = spawn(process.execPath, args, {
    env: { PATH: process.env.PATH, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const ended = once(served, 'exit');
  const port = await new Promise<string>((resolve, reject) => {
    const look = (chunk: Buffer): void => {
      output += chunk.toString();
      const found = /^port (\d+)$/m.exec(output)?.[1];
      if (found) resolve(found);
    };
    served.stdout.on('data', look);
    served.stderr.on('data', look);
    void ended.then(() => reject(new Error(`The function has ended:\n${output}`)));
  });
  return {
    url: `http://127.0.0.1:${port}`,
    output: () => output,
    async stop() {
      served.kill();
      await ended;
    },
  };
}
