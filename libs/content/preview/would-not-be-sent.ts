import { describePermission, type Permission } from '#profiles';
import type { Warning } from '../compose/index.ts';

/** A preview shows a mail whoever it is for; this says when nobody would get it, and why. */
export function wouldNotBeSent(permission: Permission | null): Warning[] {
  if (permission === null || permission.allowed) return [];
  return [{ code: 'would_not_be_sent', message: `Would not be sent: ${describePermission(permission)}.` }];
}
