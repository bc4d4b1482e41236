import type { Command } from 'commander';
import type { ApiClient } from '../api/api-client.ts';

/** What every command over REST works with. */
export interface Session {
  api: ApiClient;
  /** Prints the answer: as JSON with `--json`, else the way that `show` prints it. */
  print: <T>(answer: T, show: (answer: T) => void) => void;
}

interface GlobalOptions {
  url: string;
  key?: string;
  json?: boolean;
}

/** Adds an action that works over REST. What it takes is loaded when it is used, so that `--help` does not wait for it. */
export function overRest<A extends unknown[]>(
  command: Command,
  action: (session: Session, ...args: A) => Promise<void>,
): Command {
  return command.action(async (...all: unknown[]) => {
    const args = all.slice(0, -1) as A; // commander passes the command itself last
    await action(await sessionOf(command), ...args);
  });
}

async function sessionOf(command: Command): Promise<Session> {
  const { url, key, json } = command.optsWithGlobals<GlobalOptions>();
  if (!key) throw await keyMissing();
  const { ApiClient } = await import('../api/api-client.ts');
  return {
    api: new ApiClient({ url, key }),
    print: (answer, show) => (json ? console.log(JSON.stringify(answer, null, 2)) : show(answer)),
  };
}

async function keyMissing(): Promise<Error> {
  const { MillraceError } = await import('@millrace/sdk');
  return new MillraceError(
    'unauthenticated',
    'An API key is missing. Give --key, or set MILLRACE_KEY; `npm run demo` prints one.',
  );
}
