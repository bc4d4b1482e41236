import { Client } from './client.ts';
import type { Options } from './options.ts';

type Call = [method: string, ...args: unknown[]];

const methods = ['consent', 'identify', 'track', 'page', 'group', 'reset', 'flush', 'anonymousId'] as const;
const script = document.currentScript instanceof HTMLScriptElement ? document.currentScript : undefined;
const global = window as unknown as { millrace?: Call[] & { isLoaded?: boolean } };

/** Calls before `init`, and those that the loader has kept until this script came. */
function start(stub: Call[]): void {
  let client: Client | undefined;
  const early: Call[] = [];
  const call = ([method, ...args]: Call): unknown => {
    if (method === 'init') {
      if (!client && typeof args[0] === 'string') {
        client = new Client(args[0], {
          host: hostOf(script),
          pages: true,
          respectSignals: true,
          ...(args[1] as Partial<Options>),
        });
        for (const waiting of early.splice(0)) call(waiting);
      }
      return undefined;
    }
    const name = methods.find((known) => known === method);
    if (!client || !name) return void (name && early.length < 100 && early.push([method, ...args]));
    return (client[name] as (...given: unknown[]) => unknown).apply(client, args);
  };
  const calls = stub.splice(0);
  for (const name of ['init', ...methods])
    Object.assign(stub, { [name]: (...args: unknown[]) => call([name, ...args]) });
  // Whoever has kept the loader's functions goes on with them.
  Object.assign(stub, { push: (...more: Call[]) => more.map(call).length, isLoaded: true });
  const { writeKey, pages, respectSignals } = script?.dataset ?? {};
  if (writeKey) call(['init', writeKey, { pages: pages !== 'off', respectSignals: respectSignals !== 'off' }]);
  calls.forEach(call);
}

/** Where the script is from, with the path that a proxy may put before it. */
function hostOf(from: HTMLScriptElement | undefined): string {
  return (from?.src ?? `${location.origin}/`).replace(/\/[^/]*$/, '');
}

const stub = (global.millrace ??= []);
if (!stub.isLoaded) start(stub);
