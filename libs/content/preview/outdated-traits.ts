import { parseDuration } from '@millrace/sdk';
import type { ComposedToken, Warning } from '../compose/index.ts';

/** Values that were said longer ago than their trait allows. */
export function outdatedTraits(
  tokens: readonly ComposedToken[],
  limits: ReadonlyMap<string, string>,
  clock: Date,
): Warning[] {
  const warned = new Set<string>();
  return tokens.flatMap(({ origin, path, part, line, column }) => {
    const name = traitOf(path);
    const limit = parseDuration(limits.get(name));
    if (origin?.kind !== 'trait' || origin.at === undefined || !limit || warned.has(name)) return [];
    if (clock.getTime() - Date.parse(origin.at) <= limit.milliseconds) return [];
    warned.add(name);
    const message = `"${name}" was last said on ${origin.at.slice(0, 10)}, more than ${limit.words} ago: check its source, or write the mail without it.`;
    return [{ code: 'outdated_trait', message, part, line, column }];
  });
}

function traitOf(path: string): string {
  return path.replace(/^profile\.traits\./, '').split('.')[0] ?? '';
}
