import type { Json } from '@millrace/sdk';

const blockTag = /\{\{~?#?>\s*([a-z0-9][a-z0-9-]*)|\{\{\{?~?\s*snippet\s+["']([^"']+)["']/g;

/** The blocks that sources name: they must be there before. */
export function blocksIn(sources: (Json | undefined)[]): { kind: string; slug: string }[] {
  const texts = sources.filter((source) => typeof source === 'string');
  const slugs = texts.flatMap((text) =>
    [...text.matchAll(blockTag)].map(([, plain, snippet]) => plain ?? snippet ?? ''),
  );
  return [...new Set(slugs)].map((slug) => ({ kind: 'block', slug }));
}
