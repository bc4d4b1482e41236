import type { KnownToken } from './known-token.ts';

const own: [string, string][] = [
  ['lastOrder', 'the newest order'],
  ['lastOrder.id', 'its number'],
  ['lastOrder.at', 'when it was made'],
  ['lastOrder.total', 'what it costs'],
  ['lastOrder.currency', 'three letters'],
  ['lastOrder.status', 'how far it is'],
  ['lastOrder.lines', 'what was ordered, a list'],
  ['orders', 'the newest orders, a list'],
  ['events', 'the newest events, a list'],
  ['consents', 'what the person agreed to, a list'],
  ['profile.id', 'the profile'],
  ['profile.identities.email', 'the address'],
  ['now', 'the moment of the mail'],
];

/** Names that are there for everybody, whatever the traits are called. */
export const ownNames: readonly KnownToken[] = own.map(([name, detail]) => ({ name, kind: 'token', detail }));
