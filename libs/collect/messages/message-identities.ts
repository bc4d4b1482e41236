import { idText } from './fields.ts';
import type { Message } from './message.ts';

/** All that a message names somebody by, but for the addresses in it. */
export function messageIdentities({ userId, anonymousId, previousId, identities = {} }: Message): string[] {
  const named = { user: [userId, previousId], anonymous: [anonymousId, previousId] };
  return [
    ...Object.entries(named).flatMap(([kind, ids]) =>
      ids.flatMap((id) => (id === undefined ? [] : `${kind}:${idText(id)}`)),
    ),
    ...Object.entries(identities).map(([kind, value]) => `${kind}:${idText(value)}`),
  ];
}
