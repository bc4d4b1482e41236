// Lets Node load our TypeScript as it stands: `node --import ./tools/typescript/register.mjs file.ts`.
import { register } from 'node:module';
import 'reflect-metadata';

process.setSourceMapsEnabled(true);
register('./hooks.mjs', import.meta.url);
