export type Role = 'viewer' | 'marketer' | 'operator' | 'admin';

/** @schema KeyHolderDto */
export interface KeyHolder {
  id: string;
  name: string;
  role: Role;
}

/** @schema IdentityDto */
export interface Identity {
  kind: string;
  value: string;
  key: string;
}

/** @schema ProfileSummaryDto */
export interface PersonSummary {
  id: string;
  name?: string;
  identities: Identity[];
  updatedAt: string;
}

/** @schema ProfileDto */
export interface Profile {
  id: string;
  identities: Identity[];
  traits: Record<string, unknown>;
  computed: Record<string, unknown>;
  /** Slugs. */
  audiences: string[];
  /** By trait. */
  origins: Record<string, TraitOrigin>;
  createdAt: string;
  updatedAt: string;
  /** Names of traits that are shown as a mask. */
  masked: string[];
}

/** A record of a source. */
export interface RecordRef {
  /** Id of the connection. */
  connection: string;
  stream: string;
  key: string;
}

export interface TraitOrigin extends RecordRef {
  at: string;
}

/**
 * What happened to a person; one of the four, as `kind` says.
 *
 * @schema TimelineEntryDto
 */
export interface TimelineEntry {
  kind: 'order' | 'event' | 'change' | 'merge';
  id: string;
  /** Absent: an order whose source tells no time. */
  at?: string;
  order?: Order;
  event?: { name: string; properties: Record<string, unknown> };
  change?: RecordChange;
  merge?: Merge;
}

export interface Order {
  id: string;
  connection: string;
  total?: number;
  currency?: string;
  status?: string;
  lines: { id: string; product?: string; name?: string; quantity?: number }[];
}

/** What a record said anew. */
export interface RecordChange extends RecordRef {
  traits: Record<string, { before: unknown; after: unknown }>;
  identities?: { before: string[]; after: string[] };
}

/**
 * Two people who became one.
 *
 * @schema MergeDto
 */
export interface Merge {
  id: string;
  /** Id of the profile that ended. */
  absorbed: string;
  records: RecordRef[];
  /** What these records have in common with different people. */
  identities: string[];
  undone: { at: string; by: string } | null;
}

/** @schema PersonConsentsDto */
export interface PersonConsents {
  consents: Consent[];
  permissions: Permission[];
  /** What stands before every choice of theirs. */
  bar: Bar | null;
}

/**
 * What somebody chose.
 *
 * @schema ConsentStateDto
 */
export interface Consent {
  identity: string;
  channel: string;
  /** `all` speaks for every one. */
  purpose: string;
  at?: string;
  source?: string;
  /** Version of the text that they agreed to. */
  wording?: string;
  /** Any JSON. */
  evidence?: unknown;
}

/** @schema BarDto */
export interface Bar {
  reason: 'restricted' | 'erased';
}

/** @schema PermissionDto */
export interface Permission {
  channel: string;
  purpose: string;
  allowed: boolean;
  reason: 'granted' | 'not_refused' | 'not_needed' | 'denied' | 'no_consent' | 'restricted' | 'erased';
  /** Whose choice it was. */
  identity?: string;
  at?: string;
  source?: string;
}
