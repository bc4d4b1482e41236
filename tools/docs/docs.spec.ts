import { readFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';
import { mappingsPage, mappingsPath } from './mappings-page.ts';

it('docs/mappings.md describes the transforms that there are (else: node --import ./tools/typescript/register.mjs tools/docs/write.ts)', async () => {
  expect(readFileSync(mappingsPath, 'utf8')).toBe(await mappingsPage());
});
