import type { Role } from './people.ts';

export type RequestKind = 'export' | 'erase' | 'restrict';
export type RequestState = 'queued' | 'running' | 'waiting' | 'done' | 'lifted';

/**
 * What a person asked for under data protection law, and how far it is.
 *
 * @schema RequestDto
 */
export interface PrivacyRequest {
  id: string;
  kind: RequestKind;
  state: RequestState;
  /** What it waits for. */
  reason?: string;
  /** Kind and keyed hash of the identity that was given: the address itself is not kept. */
  identity: { kind: string; hash: string };
  /** The operator's own: a ticket. */
  reference?: string;
  requestedBy: { id: string; name: string; role: Role };
  requestedAt: string;
  dueAt: string;
  /** It should have been done by now. */
  overdue: boolean;
  steps: { name: string; doneAt: string }[];
  /** By collection, how many documents. */
  counts: Record<string, number>;
  destinations: ToldDestination[];
  finishedAt?: string;
  liftedAt?: string;
  /** Of an export: when it is gone. */
  expiresAt?: string;
  /** HMAC over what a finished request tells. */
  proof?: string;
}

/** What became of the person's rows in another system. */
export interface ToldDestination {
  /** Or `trigger:<slug>`. */
  sync: string;
  syncName: string;
  connection: string;
  object: string;
  deleted: number;
  /** Rows that somebody has to delete there by hand, and why. */
  byHand: number;
  reason?: string;
}

/**
 * Whom a request would concern, and how much: told before it is asked for.
 *
 * @schema RequestReachDto
 */
export interface RequestReach {
  /** The profile and those that were merged into it. */
  profiles: string[];
  identities: string[];
  /** By section of an export. */
  counts: Record<string, number>;
  /** What other systems are known to have. */
  destinations: KnownDestination[];
  /** False: there may be more. */
  isWhole: boolean;
}

export interface KnownDestination {
  sync: string;
  syncName: string;
  connection: string;
  object: string;
  rows: number;
}
