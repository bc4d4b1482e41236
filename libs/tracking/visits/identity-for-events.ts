interface Identity {
  kind: string;
  value: string;
}

/** The kinds that the profile store has names for; ids of connections (`con_…`) are known to their connections alone. */
const usable = /^(?!con_)[a-z][a-z0-9_]{0,30}$/;
const others = 2;
/** Ids rather than addresses: what is kept need not show any. */
const ranks = new Map([
  ['user', 0],
  ['anonymous', 1],
  ['phone', 3],
  ['email', 4],
]);

/** By which identity of a person events are told; undefined where there is none that could be. */
export function identityForEvents(identities: readonly Identity[]): Identity | undefined {
  const rank = ({ kind }: Identity): number => ranks.get(kind) ?? others;
  return identities.filter(({ kind }) => usable.test(kind)).sort((a, b) => rank(a) - rank(b))[0];
}
