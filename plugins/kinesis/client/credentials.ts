import { MillraceError } from '@millrace/sdk';
import type { KinesisConfig } from '../config.ts';

export interface Keys {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken?: string;
}

/** The configured keys; undefined: the SDK looks for the server's own. Throws `invalid_config`. */
export function keysOf(config: KinesisConfig): Keys | undefined {
  const { credentials, accessKeyId, secretAccessKey, sessionToken, endpoint } = config;
  if (credentials === 'keys') {
    if (accessKeyId && secretAccessKey) return { accessKeyId, secretAccessKey, sessionToken };
    const message = 'The access key is missing. Enter its id and secret, or choose the credentials of the environment.';
    throw new MillraceError('invalid_config', message);
  }
  // A session token travels with each request: the server's own goes to nobody but AWS.
  if (endpoint === undefined || isAws(new URL(endpoint))) return undefined;
  const message = `The server's own credentials are sent to AWS only, not to ${new URL(endpoint).host}. Enter keys for it.`;
  throw new MillraceError('invalid_config', message);
}

function isAws({ protocol, hostname }: URL): boolean {
  return protocol === 'https:' && /\.(amazonaws\.com|amazonaws\.com\.cn|api\.aws)$/.test(hostname);
}
