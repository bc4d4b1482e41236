import type { PreviewToken } from '../api/index.ts';

/** `missing` shows as nothing; `fallback` shows something else; `absent` decides a condition, which is no fault. */
export type TokenState = 'missing' | 'fallback' | 'present' | 'absent';

const order: TokenState[] = ['missing', 'fallback', 'present', 'absent'];

export function stateOf({ missing, fallback, use }: PreviewToken): TokenState {
  if (!missing) return 'present';
  if (fallback !== null) return 'fallback';
  return use === 'text' ? 'missing' : 'absent';
}

/** What wants a look comes first; else as the mail goes. */
export function byUrgency(tokens: readonly PreviewToken[]): PreviewToken[] {
  return [...tokens].sort((a, b) => order.indexOf(stateOf(a)) - order.indexOf(stateOf(b)));
}

export function countOf(tokens: readonly PreviewToken[], state: TokenState): number {
  return tokens.filter((token) => stateOf(token) === state).length;
}
