import { MillraceError, signedHeaders, type ConnectorContext } from '@millrace/sdk';
import { endpointFault } from './answer.ts';
import type { WebhookConfig } from './config.ts';

/**
 * Asks with HEAD, which delivers nothing: Standard Webhooks knows no test message, and a receiver may choke on one that it does not expect.
 * Many endpoints answer HEAD with 404 or 405: that they answer is enough.
 */
export async function checkEndpoint({ config, http, signal }: ConnectorContext<WebhookConfig>): Promise<void> {
  signedHeaders('check', '', config.secret, new Date()); // throws for a secret of the wrong length
  const { status } = await http.head(config.url, {
    headers: config.headers,
    maxRedirects: 0,
    validateStatus: null,
    signal,
  });
  const { host } = new URL(config.url);
  const fault = endpointFault({ status, host });
  if (fault) throw fault;
  if (status < 500) return;
  throw new MillraceError('remote_error', `${host} answered ${status}. Try again when it works.`);
}
