import { compareVersions, type Version } from '#platform';
import { everyPurpose, type ConsentState } from '../consents/index.ts';
import { originOf, type PartOrigin } from '../folding/index.ts';
import type { IdentityKey } from '../identity/index.ts';
import type { Basis } from '../purposes/index.ts';

export type PermissionReason =
  'granted' | 'not_refused' | 'not_needed' | 'denied' | 'no_consent' | 'restricted' | 'erased';

/** Whether a person may be written to, and why. */
export interface Permission {
  channel: string;
  purpose: string;
  basis: Basis;
  allowed: boolean;
  reason: PermissionReason;
  /** Whose choice it was; absent where no choice was needed or made. */
  identity?: IdentityKey;
  /** ISO time of the choice, where it is known. */
  at?: string;
  /** What took the choice. */
  source?: string;
  /** The record that told it. */
  origin?: PartOrigin;
}

/** Of a consent, what a permission follows from. */
export interface DecidingChoice extends Version {
  identity: IdentityKey;
  channel: string;
  purpose: string;
  state: ConsentState;
  at?: Date;
  source?: string;
  k?: string;
}

/**
 * The strictest that applies over all identities of a person. Of one identity the newer choice counts, be it for the purpose or for all of
 * them; identities that chose nothing say nothing.
 */
export function judgePermission(
  choices: readonly DecidingChoice[],
  { channel, purpose, basis }: Pick<Permission, 'channel' | 'purpose' | 'basis'>,
): Permission {
  const asked = { channel, purpose, basis };
  if (basis === 'none') return { ...asked, allowed: true, reason: 'not_needed' };
  const about = choices.filter(
    (choice) => choice.channel === channel && (choice.purpose === purpose || choice.purpose === everyPurpose),
  );
  const decided = about.length < 2 ? about : newestOfEach(about).sort((x, y) => compareVersions(y, x));
  const denied = decided.find(({ state }) => state === 'denied');
  if (denied) return { ...asked, allowed: false, reason: 'denied', ...evidenceOf(denied) };
  const [granted] = decided;
  if (granted) return { ...asked, allowed: true, reason: 'granted', ...evidenceOf(granted) };
  if (basis === 'optOut') return { ...asked, allowed: true, reason: 'not_refused' };
  return { ...asked, allowed: false, reason: 'no_consent' };
}

/** Of each identity its newest choice. */
function newestOfEach(choices: readonly DecidingChoice[]): DecidingChoice[] {
  const newest = new Map<IdentityKey, DecidingChoice>();
  for (const choice of choices) {
    const known = newest.get(choice.identity);
    if (!known || compareVersions(choice, known) > 0) newest.set(choice.identity, choice);
  }
  return [...newest.values()];
}

function evidenceOf({ identity, at, source, k }: DecidingChoice): Partial<Permission> {
  return {
    identity,
    ...(at && { at: at.toISOString() }),
    ...(source !== undefined && { source }),
    ...(k !== undefined && { origin: originOf(k) }),
  };
}
