import { defineConnector, MillraceError, ok, retry, unknown, type Outcome } from '@millrace/sdk';

export interface JournalConfig {
  url: string;
  timeoutSeconds: number;
}

/** A destination without keys, which no connector that comes with Millrace is: whatever arrives twice is there twice. */
export default defineConnector({
  id: 'journal',
  title: 'Journal',
  version: '1.0.0',
  config: {
    type: 'object',
    properties: { url: { type: 'string' }, timeoutSeconds: { type: 'integer', default: 20 } },
    required: ['url'],
    additionalProperties: false,
  },
  http: ({ timeoutSeconds }: JournalConfig) => ({ timeout: timeoutSeconds * 1_000, retries: 0 }),
  check: ({ http, config }) => http.get((config as JournalConfig).url),
  destination: {
    // It asks who is there before each turn, as destinations do whose objects are not known beforehand.
    objects: async ({ http, config }) => {
      const { url } = config as JournalConfig;
      await http.get(url);
      return {
        entry: {
          modes: ['insert'],
          idempotency: 'none',
          batch: { records: 20 },
          async push(_, rows) {
            const outcome = await send(() => http.post<Answer>(url, { data: rows }));
            return rows.map(() => outcome);
          },
        },
      };
    },
  },
});

interface Answer {
  /** Milliseconds that this client is to block its event loop before it heeds the answer. */
  freeze?: number;
}

async function send(post: () => Promise<{ data: Answer }>): Promise<Outcome> {
  try {
    const { freeze = 0 } = (await post()).data;
    if (freeze > 0) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, freeze);
    return ok({ created: 1 });
  } catch (error) {
    if (!(error instanceof MillraceError)) throw error;
    if (error.code === 'remote_error' || error.code === 'rate_limited') return retry(error.retryAfter, error.message);
    if (error.code === 'timeout' || error.code === 'unreachable') return unknown(error.message);
    throw error;
  }
}
