#!/usr/bin/env node
import { fileURLToPath } from 'node:url';

try {
  await import('../../../tools/typescript/register.mjs');
} catch (error) {
  if (error.code !== 'ERR_MODULE_NOT_FOUND') throw error;
  console.error(`Packages are missing: run npm install in ${fileURLToPath(new URL('../../..', import.meta.url))}`);
  process.exit(1);
}
await import('../main.ts');
