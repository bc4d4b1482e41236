import { configSpec, type JsonSchema } from '@millrace/sdk';
import type { Fields } from '../documents/document.ts';
import { propertiesOf } from '../server/schema-at.ts';
import type { ConnectorSchemas, Kind } from './kind.ts';

export const connection: Kind = {
  name: 'connection',
  folder: 'connections',
  path: '/api/connections',
  role: 'operator',
  labelled: true,
  leftAlone: ['name'],
  defaults: { config: {}, labels: [] },
  secrets: (fields, connectors) => configSpec(schemaOf(fields, connectors)).secrets.map((path) => `config.${path}`),
  secretsSet: ({ secretsSet }) => ((secretsSet ?? []) as string[]).map((path) => `config.${path}`),
  refined: (body, fields, connectors): JsonSchema => ({
    ...body,
    properties: { ...propertiesOf(body), config: schemaOf(fields, connectors) },
  }),
};

function schemaOf({ connector }: Fields, connectors: ConnectorSchemas): JsonSchema {
  return connectors.get(typeof connector === 'string' ? connector : '') ?? { type: 'object' };
}
