import type { Person } from '#profiles';

const at = new Date(0).toISOString();

/** Who gets a mail can unsubscribe, whoever they are. */
export const unsubscribeUrl = 'https://example.com/unsubscribe';

/** A person of whom nothing is known: whose mail shows every blank. */
export const nobody: Person = {
  profile: {
    id: 'nobody',
    version: 0,
    identities: [],
    traits: {},
    computed: {},
    audiences: [],
    masked: [],
    origins: {},
    createdAt: at,
    updatedAt: at,
    absorbed: [],
  },
  orders: [],
  events: [],
  consents: [],
};
