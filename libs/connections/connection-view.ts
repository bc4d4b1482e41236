import { MillraceError, type ErrorCode } from '@millrace/sdk';
import type { Catalog } from '#catalog';
import type { BuiltInConnection } from './built-in-connections.ts';
import { mergeSecrets, type JsonObject } from './config/split-secrets.ts';
import { editionOf, placeOf, type StoredConnection } from './store/connection.schema.ts';

/** A connection as it is shown. */
export interface ConnectionView {
  id: string;
  slug?: string;
  name: string;
  connector: string;
  connectorVersion: string;
  /** Secrets are null. */
  config: JsonObject;
  /** Paths of the secrets that there are. */
  secretsSet: string[];
  revision: number;
  /** Raised by every change, of the name and the labels too. */
  edition: number;
  /** Raised when somebody says that it leads to another place now: what was known of the former one does not hold there. */
  place: number;
  labels: string[];
  /** Always there, not to be changed. */
  builtIn: boolean;
  /** Whether its connector is. */
  enabled: boolean;
  /** Why it is not enabled. */
  reason?: string;
  createdAt?: string;
  updatedAt?: string;
  checkedAt?: string;
  check?: { ok: boolean; code?: ErrorCode; message?: string };
  /** When somebody last signed in at the vendor's page for it, and by whose link. */
  signedIn?: { at: string; by: string };
  /** What is odd about a change. */
  notices?: ConnectionNotice[];
}

export interface ConnectionNotice {
  code: 'moved_unsaid';
  message: string;
}

/** Whoever changes an address or a database knows whether the same place is there; where he does not say, syncs go on. */
export function movedUnsaid(changed: string[]): ConnectionNotice {
  const message = `${changed.join(', ')} was changed. Syncs go on as with the same place under another address: they read on from where they were, and send what has changed. If it leads to another place now, PATCH the connection with { "moved": true }, and they start over.`;
  return { code: 'moved_unsaid', message };
}

export function viewOf(connection: StoredConnection, catalog: Catalog): ConnectionView {
  const { check, signedIn } = connection;
  return {
    id: connection._id,
    slug: connection.slug,
    name: connection.name,
    connector: connection.connector,
    connectorVersion: connection.connectorVersion,
    config: mergeSecrets(connection.config, Object.fromEntries(connection.secretsSet.map((path) => [path, null]))),
    secretsSet: connection.secretsSet,
    revision: connection.revision,
    edition: editionOf(connection),
    place: placeOf(connection),
    labels: connection.labels,
    builtIn: false,
    ...stateOf(connection.connector, catalog),
    createdAt: connection.createdAt.toISOString(),
    updatedAt: connection.updatedAt.toISOString(),
    checkedAt: check?.at.toISOString(),
    check: check && { ok: check.ok, code: check.code, message: check.message },
    signedIn: signedIn && { at: signedIn.at.toISOString(), by: signedIn.by },
  };
}

export function builtInView({ id, name, connector }: BuiltInConnection, catalog: Catalog): ConnectionView {
  return {
    id,
    name,
    connector,
    connectorVersion: catalog.get(connector).connector.version,
    config: {},
    secretsSet: [],
    revision: 1,
    edition: 1,
    place: 1,
    labels: [],
    builtIn: true,
    ...stateOf(connector, catalog),
  };
}

/** A connection outlives its plugin: it is shown as disabled then. */
export function stateOf(connector: string, catalog: Catalog): { enabled: boolean; reason?: string } {
  try {
    return { enabled: catalog.isEnabled(connector), reason: catalog.disabledReason(connector) };
  } catch (error) {
    if (!(error instanceof MillraceError) || error.code !== 'connector_not_found') throw error;
    return { enabled: false, reason: `its connector "${connector}" is not installed` };
  }
}
