import type { ApiKey, AuditEntry } from '../api/index.ts';
import type { Deed } from '../rooms/index.ts';
import { timeAgo } from '../ui/index.ts';
import { mayText } from './roles.ts';
import { changeText, usedText } from './words.ts';

interface Circumstances {
  /** It is the one of whoever asks. */
  isOwn: boolean;
  /** No other key of an admin is in use. */
  isLastAdmin: boolean;
  /** What it changed last. */
  change?: AuditEntry;
}

/** Revokes a key; names before what stops working. */
export function revoking(key: ApiKey, { isOwn, isLastAdmin, change }: Circumstances): Deed {
  const { id, name, role } = key;
  const text = [
    `Whatever signs in with it is refused within 10 seconds, for good: programs, terminals and open consoles. It has the role ${role} (${mayText(role)}) and was ${usedText(key)}.`,
    ...(change ? [`Its last change: ${changeText(change)}, ${timeAgo(change.at)}.`] : []),
    ...(isOwn ? ['It is your own: you are signed out.'] : []),
    ...(isLastAdmin
      ? ['No other admin’s key is in use: nobody can make keys any more, unless the server has a MILLRACE_ADMIN_KEY.']
      : []),
  ];
  return {
    name: 'revoke',
    title: 'Revoke this key',
    icon: 'trash',
    asks: { title: `Revoke “${name}”?`, text: text.join(' '), yes: 'Revoke it' },
    do: (api) => api.delete(`api/keys/${id}`),
    said: 'The key is revoked.',
  };
}
