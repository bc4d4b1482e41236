import { isPath, walk } from '../guard/index.ts';

/** What a template takes from elsewhere than the person. */
export interface TemplateUses {
  /** Slugs of feeds, or names of Iterable's catalogs, which are feeds here. */
  feeds: string[];
  /** Keys of strings. */
  strings: string[];
}

/** The feeds and strings that a template names. */
export function usesIn(program: hbs.AST.Program): TemplateUses {
  const feeds = new Set<string>();
  const strings = new Set<string>();
  walk(program, {
    path({ parts, data }) {
      const [first, second] = data ? parts.slice(1) : parts;
      if (first === 'feeds' && second !== undefined) feeds.add(second);
    },
    call({ path, params: [key] }) {
      if (!isPath(path) || key?.type !== 'StringLiteral') return;
      const { value } = key as hbs.AST.StringLiteral;
      if (path.original === 't') strings.add(value);
      if (path.original === 'catalog') feeds.add(value);
    },
  });
  return { feeds: [...feeds].sort(), strings: [...strings].sort() };
}
