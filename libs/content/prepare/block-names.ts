import { scan, TemplateFault } from '../guard/index.ts';
import { blockTagOf } from './block-tag.ts';

/** The blocks that sources name, without parsing them: what cannot be read names none. */
export function blockNamesIn(sources: readonly string[]): string[] {
  return [...new Set(sources.flatMap(namesIn))];
}

function namesIn(source: string): string[] {
  if (!/\{\{[^}]*(?:>|snippet)/.test(source)) return [];
  try {
    const found = scan(source).tags.map(({ start, end }) => blockTagOf(source.slice(start, end)));
    return found.flatMap((tag) => (tag && !tag.isSlot ? [tag.slug] : []));
  } catch (thrown) {
    if (thrown instanceof TemplateFault) return []; // the sandbox refuses the source with its own message
    throw thrown;
  }
}
