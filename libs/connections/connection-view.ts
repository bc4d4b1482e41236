import { MillraceError, type ErrorCode } from '@millrace/sdk';
import type { Catalog } from '#catalog';
import type { BuiltInConnection } from './built-in-connections.ts';
import { mergeSecrets, type JsonObject } from './config/split-secrets.ts';
import type { StoredConnection } from './store/connection.schema.ts';

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
}

export function viewOf(connection: StoredConnection, catalog: Catalog): ConnectionView {
  const { check } = connection;
  return {
    id: connection._id,
    slug: connection.slug,
    name: connection.name,
    connector: connection.connector,
    connectorVersion: connection.connectorVersion,
    config: mergeSecrets(connection.config, Object.fromEntries(connection.secretsSet.map((path) => [path, null]))),
    secretsSet: connection.secretsSet,
    revision: connection.revision,
    labels: connection.labels,
    builtIn: false,
    ...stateOf(connection.connector, catalog),
    createdAt: connection.createdAt.toISOString(),
    updatedAt: connection.updatedAt.toISOString(),
    checkedAt: check?.at.toISOString(),
    check: check && { ok: check.ok, code: check.code, message: check.message },
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
