// Lets Node load our TypeScript as it stands: `node --import ./tools/typescript/register.mjs file.ts`.
import * as modules from 'node:module';
import { setFlagsFromString } from 'node:v8';
import 'reflect-metadata';
import { prepareStackTrace } from './stack-traces.mjs';

Error.prepareStackTrace = prepareStackTrace;

if (modules.registerHooks) modules.registerHooks(await import('./hooks.mjs'));
else registerInThread();

function registerInThread() {
  // The thread lives as long as the process, and needs little: without this it would keep 30 MB.
  setFlagsFromString('--max-semi-space-size=2');
  modules.register('./thread-hooks.mjs', import.meta.url);
  setFlagsFromString(
    process.execArgv.find((flag) => flag.startsWith('--max-semi-space-size=')) ?? '--max-semi-space-size=0',
  );
}
