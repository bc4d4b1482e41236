import { describe, expect, it } from '@jest/globals';
import { configSpec, defineConnector, Field, oauth2, type AnyConnector } from '@millrace/sdk';
import { IsString } from 'class-validator';
import { describeConnector } from './connector-description.ts';

class AcmeConfig {
  @Field({ title: 'Base URL', bindsSecrets: true }) @IsString() baseUrl!: string;
  @Field({ title: 'API key', secret: true }) @IsString() apiKey!: string;
}

const acme: AnyConnector = defineConnector<AcmeConfig>({
  id: 'acme',
  title: 'Acme CRM',
  version: '1.0.0',
  config: AcmeConfig,
  auth: oauth2({
    tokenUrl: 'https://acme.example/token',
    client: { id: 'baseUrl', secret: 'apiKey' },
  }),
  check: async () => undefined,
  source: { streams: { contacts: { key: ['a', 'b'], cursor: 'updatedAt', async *read() {} } } },
  destination: {
    objects: async () => ({}),
  },
});

describe('describeConnector', () => {
  const described = describeConnector({
    connector: acme,
    config: configSpec(acme.config),
    origin: 'acme/index.ts',
    hash: 'hash',
    internal: false,
    enabled: false,
    reason: 'throttled',
  });

  it('tells what it can do, and why it is disabled', () => {
    expect(described).toMatchObject({
      id: 'acme',
      enabled: false,
      reason: 'throttled',
      capabilities: { source: true, destination: true, webhooks: false, oauth2: true },
    });
  });

  it('marks secrets and where they go in the schema', () => {
    expect(described.config).toMatchObject({
      properties: { apiKey: { 'x-secret': true }, baseUrl: { 'x-binds-secrets': true } },
      required: ['baseUrl', 'apiKey'],
    });
  });

  it('lists streams that are known, and leaves out objects that have to be asked for', () => {
    expect(described.streams).toEqual([
      expect.objectContaining({
        name: 'contacts',
        title: 'contacts',
        key: ['a', 'b'],
        incremental: true,
        replayable: false,
        endless: false,
      }),
    ]);
    expect(described).not.toHaveProperty('objects');
  });
});
