import type { AnyConnector, JsonSchema } from '@millrace/sdk';
import type { CatalogEntry } from '../catalog-entry.ts';
import { describeObject, type ObjectDescription } from './object-description.ts';
import { describeStream, type StreamDescription } from './stream-description.ts';

export interface ConnectorCapabilities {
  source: boolean;
  destination: boolean;
  webhooks: boolean;
  oauth2: boolean;
}

/** What a form, a client or an operator needs to know of a connector. */
export interface ConnectorDescription {
  id: string;
  title: string;
  description?: string;
  version: string;
  enabled: boolean;
  /** Why it is disabled. */
  reason?: string;
  /** JSON Schema of the configuration; secret fields have `x-secret`, those that say where secrets go `x-binds-secrets`, those that name the place `x-place`. */
  config: JsonSchema;
  capabilities: ConnectorCapabilities;
  /** Absent when a connection has to be asked for them. */
  streams?: StreamDescription[];
  objects?: ObjectDescription[];
}

export function describeConnector(entry: CatalogEntry): ConnectorDescription {
  const { connector } = entry;
  return {
    id: connector.id,
    title: connector.title,
    description: connector.description,
    version: connector.version,
    enabled: entry.enabled,
    reason: entry.reason,
    config: entry.config.schema,
    capabilities: {
      source: connector.source !== undefined,
      destination: connector.destination !== undefined,
      webhooks: connector.webhooks !== undefined,
      oauth2: connector.auth !== undefined,
    },
    ...staticParts(connector),
  };
}

/** The streams and objects that are known without asking the other side. */
export function staticParts(connector: AnyConnector): Pick<ConnectorDescription, 'streams' | 'objects'> {
  const streams = connector.source?.streams;
  const objects = connector.destination?.objects;
  return {
    ...(typeof streams === 'object' && {
      streams: Object.entries(streams).map(([name, stream]) => describeStream(name, stream)),
    }),
    ...(typeof objects === 'object' && {
      objects: Object.entries(objects).map(([name, object]) => describeObject(name, object)),
    }),
  };
}
