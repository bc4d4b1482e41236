import { MillraceError, type Json } from '@millrace/sdk';
import { withComposedNames } from '#platform';
import type { Person } from '#profiles';
import { reservedNames, type TemplateContext } from '../compose/index.ts';

export type JsonObject = Record<string, Json>;

/** A made-up person: given data are traits, and reserved names such as `lastOrder` are what the template sees under them. */
export function samplePerson(data: JsonObject): { person: Person; data: Partial<TemplateContext> } {
  const isReserved = (name: string): boolean => (reservedNames as readonly string[]).includes(name);
  const entries = Object.entries(withComposedNames(data)).filter(([name]) => name !== '__proto__');
  const traits = Object.fromEntries(entries.filter(([name]) => !isReserved(name)));
  const at = new Date(0).toISOString();
  const profile = {
    id: 'sample',
    version: 0,
    identities: [],
    traits,
    computed: {},
    audiences: [],
    origins: {},
    createdAt: at,
    updatedAt: at,
    absorbed: [],
    masked: [],
  };
  const reserved = Object.fromEntries(entries.filter(([name]) => isReserved(name) && name !== 'now'));
  if (Array.isArray(reserved.orders) && reserved.lastOrder === undefined)
    reserved.lastOrder = reserved.orders[0] ?? null;
  return { person: { profile, orders: [], events: [], consents: [] }, data: reserved };
}

/** The person with some traits put in place of their own; null takes one away. */
export function withChanges(person: Person, changes: JsonObject): Person {
  const traits: JsonObject = { ...person.profile.traits };
  for (const [name, value] of Object.entries(changes)) {
    if (['__proto__', 'constructor', 'prototype'].includes(name) || name.includes('.') || name.startsWith('$')) {
      throw new MillraceError(
        'bad_request',
        `changes: "${name.slice(0, 50)}" cannot be a trait. Use the name of a trait.`,
      );
    }
    if (value === null) delete traits[name];
    else traits[name] = value;
  }
  return { ...person, profile: { ...person.profile, traits } };
}

/** How people know somebody: the name, else an address, else "Somebody". */
export function nameOf({ profile: { traits, identities } }: Pick<Person, 'profile'>): string {
  const isText = (part: Json | undefined): part is string => typeof part === 'string' && part !== '';
  const full = [traits.firstName, traits.lastName].filter(isText).join(' ');
  const names = [
    traits.name,
    traits.fullName,
    full,
    identities.find(({ kind }) => kind === 'email')?.value,
    identities[0]?.value,
  ];
  return names.find(isText) ?? 'Somebody';
}
