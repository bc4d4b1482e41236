import type { EmailReading } from '#platform';

/** How identities are read, and what they may join. Stored as one document, see settings/. */
export interface IdentityPolicy {
  email: EmailPolicy;
  phone: PhonePolicy;
  /**
   * Values that identify nobody: `email:test@test.com`, a whole domain as `email:@example.com`, or `*:unknown` for every kind that a mapping
   * names (not the ids of records in their own connection).
   */
  blocked: string[];
  /** Kinds that need more than the defaults (priority 0, no limit), at most one entry a kind. */
  kinds: KindPolicy[];
  /** How many known people one row may join to another. */
  mergeLimit: number;
}

export type EmailPolicy = EmailReading;

export interface PhonePolicy {
  /** ISO 3166-1 alpha-2: where numbers without a country code are from. Null: those are uncertain. */
  region: string | null;
  /** Numbers that cannot be read with certainty: `keep` their digits as they are, or `refuse` the row. */
  uncertain: 'keep' | 'refuse';
}

export interface KindPolicy {
  kind: string;
  /** Where a row names people who are kept apart, it is about the one whom its kind with the greatest priority names. */
  priority: number;
  /** Identities of this kind that one profile may have; null: as many as come. */
  limit: number | null;
}

const nobodysAddresses = ['test@test.com', 'test@example.com', 'none@none.com', 'no@no.com', 'noemail@noemail.com']
  .concat(['nomail@nomail.com', 'na@na.com', 'null@null.com', 'unknown@unknown.com', 'asdf@asdf.com'])
  .map((address) => `email:${address}`);
const nobodysNumbers = ['0000000000', '1111111111', '1234567890', '9999999999'].map((number) => `phone:${number}`);
const nothing = ['null', 'undefined', 'nan', 'none', 'n/a', 'unknown', '00000000-0000-0000-0000-000000000000'].map(
  (value) => `*:${value}`,
);

/** What holds until an operator says otherwise. */
export const defaultIdentityPolicy: IdentityPolicy = {
  email: { dots: 'keep', tags: 'keep' },
  phone: { region: null, uncertain: 'keep' },
  blocked: [...nobodysAddresses, ...nobodysNumbers, ...nothing],
  kinds: [
    { kind: 'user', priority: 40, limit: null },
    { kind: 'email', priority: 30, limit: 20 },
    { kind: 'phone', priority: 20, limit: 20 },
    { kind: 'anonymous', priority: -10, limit: null },
  ],
  mergeLimit: 10,
};

/** The same for everybody and for ever: what names a thing by who it is about must not change with the policy. */
export const plainIdentityPolicy: IdentityPolicy = {
  ...defaultIdentityPolicy,
  blocked: [],
  kinds: [],
};
