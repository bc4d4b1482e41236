import { isPath, walk } from '../guard/index.ts';
import { feedsAsAWhole } from './feeds-as-a-whole.ts';
import type { Outline } from './outline.ts';

/** What a template takes from elsewhere than the person. */
export interface TemplateUses {
  /** Slugs of feeds, or names of Iterable's catalogs, which are feeds here. */
  feeds: string[];
  /** Keys of strings. */
  strings: string[];
}

/** The feeds and strings that a template names. */
export function usesIn(program: hbs.AST.Program, outline: Outline): TemplateUses {
  const feeds = new Set<string>();
  const strings = new Set<string>();
  const isAllFeeds = feedsAsAWhole(outline);
  walk(program, {
    path({ parts, data }) {
      const [first, second] = data ? parts.slice(1) : parts;
      if (first === 'feeds' && second !== undefined) feeds.add(second);
    },
    call({ path, params: [key, second] }) {
      if (!isPath(path)) return;
      if (path.original === 'lookup' && second?.type === 'StringLiteral' && isAllFeeds(key))
        feeds.add((second as hbs.AST.StringLiteral).value);
      if (key?.type !== 'StringLiteral') return;
      const { value } = key as hbs.AST.StringLiteral;
      if (path.original === 't') strings.add(value);
      if (path.original === 'catalog') feeds.add(value);
    },
  });
  for (const path of outline.tokens.flatMap(({ paths }) => paths)) {
    const [, name] = /^feeds\.([^.[]+)/.exec(path) ?? []; // within {{#with feeds}}, too
    if (name !== undefined) feeds.add(name);
  }
  return { feeds: [...feeds].sort(), strings: [...strings].sort() };
}
