import { MillraceError, retry, signedHeaders, type ConnectorContext, type Outcome } from '@millrace/sdk';
import { outcomesOf } from './answer.ts';
import type { WebhookConfig } from './config.ts';
import type { Message } from './message.ts';

/** Posts one message of `count` rows: one outcome a row. Throws when the endpoint will take nothing at all. */
export async function send(ctx: ConnectorContext<WebhookConfig>, message: Message, count: number): Promise<Outcome[]> {
  const { config, http, signal } = ctx;
  try {
    const { status, headers, data } = await http.post<string>(config.url, Buffer.from(message.body), {
      headers: {
        ...config.headers,
        'content-type': 'application/json',
        ...signedHeaders(message.id, message.body, config.secret, new Date()),
      },
      responseType: 'text',
      maxRedirects: 0,
      validateStatus: null, // every answer means something here
      signal,
    });
    const retryAfter: unknown = headers['retry-after'];
    return outcomesOf({ status, text: data, retryAfter, host: new URL(config.url).host }, count);
  } catch (error) {
    if (!(error instanceof MillraceError) || error.code !== 'timeout') throw error;
    const again = retry(error.retryAfter, error.message); // it may have arrived: the id lets the receiver drop a repeat
    return Array.from({ length: count }, () => again);
  }
}
