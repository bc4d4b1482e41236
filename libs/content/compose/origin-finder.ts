import type { FeedContent } from '../feeds/index.ts';
import type { TemplateContext } from './context.ts';
import { originsOf, type Origin } from './origin.ts';
import type { Recipient } from './recipient.ts';

/** Gives the origin of any path: of the person, of a feed, or of a block's use. */
export function originFinder(
  { person, changed, sample }: Recipient,
  context: TemplateContext,
  feeds: readonly FeedContent[],
): (path: string) => Origin | null {
  const ofPerson = sample ? (): Origin => ({ kind: 'sample' }) : originsOf(person, context);
  return (path) => {
    const [first = '', second = ''] = path.split('.');
    if (first === 'blocks') return { kind: 'block', key: second };
    if (first === 'feeds' && context.feeds === undefined) {
      const at = feeds.find(({ slug }) => slug === second)?.at;
      return { kind: 'feed', key: second, ...(at !== undefined && { at }) };
    }
    const [trait = ''] = path.replace(/^profile\.traits\./, '').split('.');
    return !sample && changed?.has(trait) ? { kind: 'change' } : ofPerson(path);
  };
}
