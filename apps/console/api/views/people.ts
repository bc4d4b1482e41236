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
}

/** @schema ProfileDto */
export interface Profile {
  id: string;
  identities: Identity[];
  traits: Record<string, unknown>;
}
