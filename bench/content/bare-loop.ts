import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { mail } from './mail.ts';

interface Round {
  seconds: number;
  people: number;
  letters: number;
}

export interface BareLoop {
  round(): Promise<Round>;
  stop(): void;
}

/** The bare loop, in a process of its own that is warm after its first round. */
export async function startBareLoop(mongodbUri: string): Promise<BareLoop> {
  const args = [join(import.meta.dirname, 'bare.mjs'), mongodbUri, JSON.stringify(mail)];
  const child = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface(child.stdout);
  const line = async (): Promise<string> => ((await once(lines, 'line')) as [string])[0];
  await line();
  return {
    async round() {
      const told = line();
      child.stdin.write('\n');
      return JSON.parse(await told) as Round;
    },
    stop: () => void child.kill(),
  };
}
