import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { globSync } from 'tinyglobby';
import { brokenLinks } from './links.ts';

const pages = globSync(['*.md', '{docs,apps,libs,plugins,deploy,examples}/**/*.md'], { ignore: '**/node_modules/**' });

describe('links of our documents', () => {
  it.each(pages)('%s: each leads somewhere', (page) => {
    expect(brokenLinks(page)).toEqual([]);
  });

  it('are told when they lead nowhere', () => {
    const folder = mkdtempSync(join(process.cwd(), '.links-'));
    try {
      const page = join(folder, 'page.md');
      writeFileSync(
        page,
        '# A heading: here\n[a](#a-heading-here) [b](#nowhere) [c](gone.md) [d](https://example.com) `[e](code.md)`\n',
      );
      expect(brokenLinks(page)).toEqual(['#nowhere', 'gone.md']);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
