import type { Json } from '@millrace/sdk';
import type { TemplateContext } from './context.ts';

/**
 * What a feed's URL may name of a person: traits and other tokens by their dotted path, and `identities.<kind>` for the first identity of a
 * kind. What a mask hides is nothing.
 */
export function valueOf(context: TemplateContext): (name: string) => unknown {
  const profile = context.profile as { identities?: { kind: string; value: string }[]; masked?: string[] } | null;
  return (name) => {
    const [first = '', ...rest] = name.replace(/^profile\.traits\./, '').split('.');
    if (first === 'identities') return profile?.identities?.find(({ kind }) => kind === rest.join('.'))?.value;
    if (profile?.masked?.includes(first)) return undefined;
    return rest.reduce<Json | undefined>(member, member(context, first));
  };
}

function member(of: Json | undefined, name: string): Json | undefined {
  if (typeof of !== 'object' || of === null || Array.isArray(of) || !Object.hasOwn(of, name)) return undefined;
  return of[name];
}
