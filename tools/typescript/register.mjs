// Lets Node load our TypeScript as it stands: `node --import ./tools/typescript/register.mjs file.ts`.
import { register } from 'node:module';
import { setFlagsFromString } from 'node:v8';
import 'reflect-metadata';
import { prepareStackTrace } from './stack-traces.mjs';

Error.prepareStackTrace = prepareStackTrace;

// The hooks run in a thread of their own for as long as the process lives, and need little: without this it would keep 30 MB.
setFlagsFromString('--max-semi-space-size=2');
register('./hooks.mjs', import.meta.url);
setFlagsFromString(
  process.execArgv.find((flag) => flag.startsWith('--max-semi-space-size=')) ?? '--max-semi-space-size=0',
);
