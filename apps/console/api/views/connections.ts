/** @schema ConnectionDto */
export interface Connection {
  id: string;
  slug?: string;
  name: string;
  connector: string;
  connectorVersion: string;
  /** Secrets are null. */
  config: Record<string, unknown>;
  /** Dotted paths of the secrets that there are. */
  secretsSet: string[];
  /** Raised by every change, of the name and the labels too. */
  edition: number;
  labels: string[];
  /** Part of Millrace: not to be changed. */
  builtIn: boolean;
  /** Whether its connector is. */
  enabled: boolean;
  /** Why it is not. */
  reason?: string;
  checkedAt?: string;
  check?: Check;
  signedIn?: SignedIn;
  notices?: ConnectionNotice[];
}

/** @schema ConnectionCheckDto */
export interface Check {
  ok: boolean;
  code?: string;
  message?: string;
}

/** @schema SignedInDto */
export interface SignedIn {
  at: string;
  by: string;
}

/** @schema ConnectionNoticeDto */
export interface ConnectionNotice {
  code: 'moved_unsaid';
  message: string;
}

/**
 * How much a connection said about people.
 *
 * @schema ConnectionDataDto
 */
export interface ConnectionData {
  people: number;
  orders: number;
  /** The last one. */
  removal?: DataRemoval;
}

/** @schema RefoldDto */
export interface DataRemoval {
  id: string;
  state: 'open' | 'done';
  /** Profiles so far. */
  changed: number;
  createdAt: string;
  endedAt?: string;
}

/** @schema ConnectorDto */
export interface Connector {
  id: string;
  title: string;
  description?: string;
  version: string;
  enabled: boolean;
  /** Why it is not. */
  reason?: string;
  /** JSON Schema of a connection's `config`. */
  config: object;
  capabilities: Capabilities;
}

/** @schema ConnectorCapabilitiesDto */
export interface Capabilities {
  source: boolean;
  destination: boolean;
  webhooks: boolean;
  oauth2: boolean;
}

/**
 * What a connection offers to be read.
 *
 * @schema StreamDto
 */
export interface Stream {
  name: string;
  title: string;
  description?: string;
  /** Field paths that name a record; empty: a record is what it contains. */
  key: string[];
  /** Field path that grows with every change. */
  cursor?: string;
  incremental: boolean;
  /** It can be followed without an end. */
  endless: boolean;
  /** It can be read in runs with an end. */
  finite: boolean;
  /** JSON Schema of a record. */
  schema?: object;
  /** Object → the usual mapping to it. */
  outputs?: Record<string, Mapping>;
}

/**
 * What a connection offers to be written.
 *
 * @schema ObjectDto
 */
export interface TargetObject {
  name: string;
  title: string;
  description?: string;
  key: string[];
  modes: WriteMode[];
  /** JSON Schema of a mapped record. */
  schema?: object;
  idempotency: 'natural' | 'key' | 'none';
  /** The usual mapping from a profile. */
  mapping?: Mapping;
}

export type WriteMode = 'upsert' | 'insert' | 'update' | 'mirror' | 'delete';

/** Target → how it is made. */
export type Mapping = Record<string, MappingRule>;

/** A path with transforms, a value, a template, or a mapping of each element of a list. */
export type MappingRule = string | { value: unknown } | { template: string } | { each: string; map: Mapping };

/**
 * A link to sign in at the vendor.
 *
 * @schema SignInLinkDto
 */
export interface SignInLink {
  url: string;
  redirectUri: string;
  expiresAt: string;
}

/**
 * Where a vendor delivers webhooks.
 *
 * @schema HookDto
 */
export interface Hook {
  url: string;
  lastDelivery: LastDelivery | null;
  refused: RefusedDeliveries | null;
  registration: Registration;
}

/** @schema LastDeliveryDto */
export interface LastDelivery {
  receivedAt: string;
}

/** @schema RefusedDto */
export interface RefusedDeliveries {
  count: number;
  lastAt: string;
  lastMessage: string;
}

/** @schema RegistrationDto */
export interface Registration {
  supported: boolean;
  state: 'registered' | 'disabled' | 'missing' | 'none' | 'unknown';
  message?: string;
}
