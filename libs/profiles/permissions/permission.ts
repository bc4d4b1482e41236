import { compareVersions, type Version } from '#platform';
import { everyPurpose, type ConsentState } from '../consents/index.ts';
import { originOf, type PartOrigin } from '../folding/index.ts';
import type { IdentityKey } from '../identity/index.ts';
import type { Basis } from '../purposes/index.ts';

export type PermissionReason =
  'granted' | 'not_refused' | 'not_needed' | 'denied' | 'no_consent' | 'restricted' | 'erased';

/** Whether a person may be written to. */
export interface Decision {
  allowed: boolean;
  reason: PermissionReason;
}

/** What is asked of a person. */
export interface Question {
  channel: string;
  purpose: string;
  basis: Basis;
}

/** Whether a person may be written to, and what tells so. */
export interface Permission extends Question, Decision {
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

/** What stands before every choice of a person: that the use of their data is restricted, or that they were erased before. */
export interface Bar {
  reason: Extract<PermissionReason, 'restricted' | 'erased'>;
  /** Of which it was said. */
  identity: IdentityKey;
}

/** One of each: they are made for whole audiences. */
export const decisions: Readonly<Record<PermissionReason, Decision>> = {
  granted: { allowed: true, reason: 'granted' },
  not_refused: { allowed: true, reason: 'not_refused' },
  not_needed: { allowed: true, reason: 'not_needed' },
  denied: { allowed: false, reason: 'denied' },
  no_consent: { allowed: false, reason: 'no_consent' },
  restricted: { allowed: false, reason: 'restricted' },
  erased: { allowed: false, reason: 'erased' },
};

/**
 * The strictest that applies over all identities of a person. Of one identity the newer choice counts, be it for the purpose or for all of
 * them; identities that chose nothing say nothing.
 */
export function decide(
  choices: readonly DecidingChoice[],
  { channel, purpose, basis }: Question,
): { decision: Decision; choice?: DecidingChoice } {
  if (basis === 'none') return { decision: decisions.not_needed };
  const about = choices.filter(
    (choice) => choice.channel === channel && (choice.purpose === purpose || choice.purpose === everyPurpose),
  );
  const decided = about.length < 2 ? about : newestOfEach(about).sort((x, y) => compareVersions(y, x));
  const choice = decided.find(({ state }) => state === 'denied') ?? decided[0];
  if (choice) return { decision: choice.state === 'denied' ? decisions.denied : decisions.granted, choice };
  return { decision: basis === 'optOut' ? decisions.not_refused : decisions.no_consent };
}

/** What `decide` decides, with the choice that it follows from. */
export function judgePermission(choices: readonly DecidingChoice[], { channel, purpose, basis }: Question): Permission {
  const { decision, choice } = decide(choices, { channel, purpose, basis });
  return { channel, purpose, basis, ...decision, ...(choice && evidenceOf(choice)) };
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
