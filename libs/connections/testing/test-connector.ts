import { defineConnector, Field, MillraceError, type AnyConnector, type ConnectorContext } from '@millrace/sdk';
import { IsIn, IsOptional, IsString } from 'class-validator';

class TestConfig {
  @Field({ title: 'Base URL', bindsSecrets: true }) @IsString() baseUrl!: string;
  @Field({ title: 'TLS', bindsSecrets: true, place: false }) @IsIn(['on', 'off']) tls: 'on' | 'off' = 'on';
  @Field({ title: 'Workspace', place: true }) @IsOptional() @IsString() workspace?: string;
  @Field({ title: 'API key', secret: true }) @IsString() apiKey!: string;
  @Field({ title: 'Refresh token', secret: true }) @IsOptional() @IsString() refreshToken?: string;
  @Field({ title: 'What the check does' })
  @IsIn(['work', 'refuse', 'break', 'ask'])
  behaviour: 'work' | 'refuse' | 'break' | 'ask' = 'work';
}

type Context = ConnectorContext<TestConfig>;

/** Works, fails with our own error, fails with a vendor's that tells the secret, or asks over HTTP. */
async function behave({ config, http, log }: Context): Promise<void> {
  log.info({ apiKey: config.apiKey, text: `using ${config.apiKey}` }, `with ${config.apiKey}`);
  switch (config.behaviour) {
    case 'work':
      return;
    case 'refuse':
      throw new MillraceError('authentication_failed', `The key ${config.apiKey} was refused. Enter another.`);
    case 'break':
      throw new Error(`login failed for key=${encodeURIComponent(config.apiKey)}`);
    case 'ask':
      await http.get('/me');
  }
}

/** A connector with two secrets, static objects, and streams that it has to be asked for. */
export const testConnector: AnyConnector = defineConnector<TestConfig>({
  id: 'acme',
  title: 'Acme CRM',
  version: '1.0.0',
  config: TestConfig,
  http: ({ baseUrl, apiKey }) => ({ baseURL: baseUrl, headers: { authorization: `Bearer ${apiKey}` }, retries: 0 }),
  check: behave,
  source: {
    async streams(ctx) {
      await behave(ctx);
      return { contacts: { title: 'Contacts', key: 'id', cursor: 'updatedAt', async *read() {} } };
    },
  },
  destination: {
    objects: { contact: { key: 'email', modes: ['upsert'], idempotency: 'natural', push: async () => [] } },
  },
});

/** What `profiles` is in the real thing. */
export const builtInConnector: AnyConnector = defineConnector({
  id: 'inside',
  title: 'Inside',
  version: '2.0.0',
  config: { type: 'object', additionalProperties: false },
  check: async () => undefined,
  source: { streams: { people: { key: 'id', async *read() {} } } },
});
