import type { Use } from './uses-of.ts';

/** What a target of a mapping into the profile store feeds, in the words of templates; undefined for what no template shows. */
export function useOfTarget(object: string, target: string): Use | undefined {
  switch (object) {
    case 'profile':
      return target.startsWith('traits.') ? `trait:${target.slice('traits.'.length)}` : undefined;
    case 'order':
    case 'event':
    case 'consent':
      return target.startsWith('identities.') ? undefined : `${object}:${target}`;
    default:
      return undefined;
  }
}
