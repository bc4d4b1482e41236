import type { PartOrigin, Traits } from '../folding/index.ts';
import type { IdentityKey } from '../identity/index.ts';
import type { OrderView } from '../people/index.ts';

export interface ScannedPart {
  origin: PartOrigin;
  /** Milliseconds: when the source said so. */
  at: number;
  traits: Traits;
  /** Traits of this part that are stored in the clear though they are sensitive, or sealed with an old key, or though they are not: by accident, or because sealing is under way. */
  astray: string[];
}

/** Somebody, with what each source record says. Sensitive traits are opened: they must not leave the process. */
export interface ScannedProfile {
  id: string;
  identities: IdentityKey[];
  traits: Traits;
  /** Trait → index of the part that it comes from. */
  from: Record<string, number>;
  parts: ScannedPart[];
  createdAt: Date;
  updatedAt: Date;
}

export interface ScannedOrder extends OrderView {
  /** `<connection>:<id>` */
  key: string;
  /** Id of the profile, as it was when the order came. */
  profile?: string;
  /** The stream that spoke last of it. */
  stream: string;
  /** Products of its lines that are not in the catalogue; absent where all are, or where there is no catalogue. */
  unknownProducts?: string[];
}

export interface ScannedEvent {
  id: string;
  name: string;
  /** ISO text. */
  at: string;
  /** It is said to happen more than an hour later than now. */
  ahead: boolean;
  /** Id of the profile, as it was when the event came. */
  profile: string;
  profileKnown: boolean;
  properties: Traits;
  origin: PartOrigin;
  /** As of an order. */
  unknownProducts?: string[];
}

export interface ScannedProduct {
  /** `<connection>:<id>` */
  key: string;
  id: string;
  connection: string;
  name?: string;
  price?: number;
  url?: string;
  image?: string;
  properties: Traits;
  /** ISO text. */
  updatedAt: string;
}

export interface ScannedConsent {
  /** Names the choice without naming the address. */
  key: string;
  channel: string;
  purpose: string;
  state: 'granted' | 'denied';
  at?: string;
  hasEvidence: boolean;
  origin: PartOrigin;
}

/** A page of a look at everything. */
export interface ScanPage<T> {
  items: T[];
  /** Where the next page begins; absent: that was all. */
  next?: string;
}
