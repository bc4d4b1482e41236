import type { HttpSettings } from '@millrace/sdk';
import type { KafkaConfig } from './config.ts';

/** HTTP is for the schema registry. */
export function httpSettings({ registry, timeoutSeconds }: KafkaConfig): HttpSettings {
  if (!registry) return {};
  const { url, username, password = '' } = registry;
  return {
    baseURL: url.replace(/\/+$/, ''),
    timeout: timeoutSeconds * 1_000,
    headers: { accept: 'application/vnd.schemaregistry.v1+json, application/json' },
    ...(username !== undefined && { auth: { username, password } }),
  };
}
