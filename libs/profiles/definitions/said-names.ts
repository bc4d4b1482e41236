import { literalPattern } from '#platform';

/** Whether a text (a template, conditions or mappings as JSON) asks for an audience: `(contains profile.audiences "loyal")`. */
export function saysAudience(text: string, slug: string): boolean {
  return /audience/.test(text) && new RegExp(`["'\\\\]${literalPattern(slug)}["'\\\\]`).test(text);
}

/** Whether a text reads a computed trait: `{{computed.spent}}`. */
export function saysComputedTrait(text: string, trait: string): boolean {
  return new RegExp(`\\bcomputed\\.${literalPattern(trait)}(?![\\w-])`).test(text);
}
