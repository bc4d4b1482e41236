import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { RuntimeApi, type Invocation } from './runtime-api.ts';
import { runtimeClient } from './runtime-client.ts';

export type { Invocation };

export interface Lambda {
  /** Rejects when the process has ended. */
  invoke(event: unknown): Promise<Invocation>;
  /** What it has written. */
  output(): string;
  stop(): Promise<void>;
}

/** Runs a function's bundle as Lambda does: `handler` is such as `index.handler`, in `folder`. */
export async function startLambda(folder: string, handler: string, env: Record<string, string>): Promise<Lambda> {
  const client = await runtimeClient();
  const api = new RuntimeApi();
  const lambda = spawn(process.execPath, [join(client, 'bin/index.mjs'), handler], {
    cwd: folder,
    env: { PATH: process.env.PATH, AWS_LAMBDA_RUNTIME_API: await api.start(), LAMBDA_TASK_ROOT: folder, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [lambda.stdout, lambda.stderr])
    stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const ended = once(lambda, 'exit');
  return {
    output: () => output,
    invoke: (event) =>
      Promise.race([
        api.invoke(event),
        ended.then(() => Promise.reject(new Error(`The function has ended:\n${output}`))),
      ]),
    async stop() {
      lambda.kill();
      await ended;
      await api.stop();
    },
  };
}
