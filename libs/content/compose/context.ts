import type { Json } from '@millrace/sdk';
import type { Person } from '#profiles';

/** What a template sees: traits at the top, and names of ours that win over traits. */
export interface TemplateContext {
  profile: Json;
  /** Computed traits, by name. */
  computed: Json;
  orders: Json;
  lastOrder: Json;
  events: Json;
  consents: Json;
  /** ISO text. */
  now: string;
  unsubscribeUrl: string | null;
  [trait: string]: Json;
}

/** Names that no trait can take. */
export const reservedNames = [
  'profile',
  'computed',
  'orders',
  'lastOrder',
  'events',
  'consents',
  'now',
  'feeds',
  'unsubscribeUrl',
] as const;

/** Plain JSON, without origins. What came after the clock is left out. */
export function contextOf(person: Person, clock: Date, unsubscribeUrl?: string): TemplateContext {
  // JSON makes each occurrence an object of its own: a path leads to exactly one.
  return JSON.parse(JSON.stringify(sharedContextOf(person, clock, unsubscribeUrl))) as TemplateContext;
}

/** The same with objects that occur several times, for whom it is made JSON anyway. */
export function sharedContextOf(person: Person, clock: Date, unsubscribeUrl?: string): TemplateContext {
  const now = clock.toISOString();
  const orders = person.orders.filter(({ at }) => at === undefined || at <= now);
  const events = person.events.filter(({ at }) => at <= now);
  const { origins: _, ...profile } = person.profile;
  const consents = person.consents;
  const own = {
    profile,
    computed: profile.computed,
    orders,
    lastOrder: orders[0] ?? null,
    events,
    consents,
    now,
    unsubscribeUrl: unsubscribeUrl ?? null,
    feeds: undefined, // those of the mail, which no trait hides
  };
  return { ...person.profile.traits, ...own } as unknown as TemplateContext;
}
