import { literalPattern } from '#platform';

/** Whether a text (a template, conditions or mappings as JSON) asks for an audience: `(contains profile.audiences "loyal")`. */
export function saysAudience(text: string, slug: string): boolean {
  return /audience/.test(text) && new RegExp(`["'\\\\]${literalPattern(slug)}["'\\\\]`).test(text);
}

/** Whether a text reads a computed trait: `{{computed.spent}}`. */
export function saysComputedTrait(text: string, trait: string): boolean {
  return new RegExp(`\\bcomputed\\.${literalPattern(trait)}(?![\\w-])`).test(text);
}

/** The traits that a text names: `traits.city`, `traits["odd name"]`, in JSON, too, `traits['odd name']`. */
export function traitsSaidIn(text: string): string[] {
  const found = text.matchAll(/\btraits(?:\.([\p{L}\p{N}_$-]+)|\[\\?"([^"\\]+)\\?"\]|\['([^'\\]+)'\])/gu);
  return [...new Set([...found].flatMap(([, plain, double, single]) => plain ?? double ?? single ?? []))];
}
