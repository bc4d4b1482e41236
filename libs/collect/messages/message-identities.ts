import { idText } from './fields.ts';

/** Of one message; what cannot be read may name as many as it likes. */
const mostIdentities = 32;

type Naming = Partial<Record<'userId' | 'anonymousId' | 'previousId' | 'identities', unknown>>;

/** All that a message names somebody by, but for the addresses in it; also one that cannot be read. */
export function messageIdentities(message: unknown): string[] {
  const { userId, anonymousId, previousId, identities } = (message ?? {}) as Naming;
  const named = [
    ['user', userId],
    ['anonymous', anonymousId],
    ['user', previousId],
    ['anonymous', previousId],
  ] as const;
  return [
    ...named.flatMap(([kind, id]) => (isId(id) ? `${kind}:${idText(id)}` : [])),
    ...Object.entries(typeof identities === 'object' ? (identities ?? {}) : {})
      .flatMap(([kind, value]: [string, unknown]) =>
        [value]
          .flat()
          .filter(isId)
          .map((id) => `${kind}:${idText(id)}`),
      )
      .slice(0, mostIdentities),
  ];
}

function isId(value: unknown): value is string | number {
  return (typeof value === 'string' && value !== '') || typeof value === 'number';
}
