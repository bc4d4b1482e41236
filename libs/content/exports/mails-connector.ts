import { defineConnector, stream, type AnyConnector, type JsonSchema, type ReadContext } from '@millrace/sdk';
import type { MailExports } from './mail-exports.ts';

interface MailsConfig {
  template: string;
  version?: number;
  audience?: string;
}

const text = { type: 'string' } as const;
const mailSchema: JsonSchema = {
  type: 'object',
  required: ['profile', 'to', 'subject', 'html', 'text', 'hash'],
  properties: {
    profile: { ...text, description: 'Id of the profile.' },
    to: { ...text, description: 'The address that it is for.' },
    identities: { type: 'array', items: text },
    ...{ subject: text, preheader: text, html: text, text },
    fromName: { type: ['string', 'null'] },
    headers: { type: 'object', description: 'With List-Unsubscribe.' },
    ...{ hash: text, locale: text },
  },
};

/** Composed mails as a source: syncs bring them to whatever sends them. Nobody who must not be written to is among them. */
export function mailsConnector(exports: MailExports): AnyConnector {
  return defineConnector({
    id: 'mails',
    title: 'Composed mails',
    description:
      'The mails of a published template for an audience, as Millrace composes them, for another system to send.',
    version: '1.0.0',
    config: {
      type: 'object',
      required: ['template'],
      additionalProperties: false,
      properties: {
        template: {
          type: 'string',
          title: 'Template',
          description: 'Its id or slug.',
          pattern: '^[A-Za-z0-9_-]{1,63}$',
        },
        version: { type: 'integer', title: 'Version', description: 'Default: the newest published.', minimum: 1 },
        audience: { type: 'string', title: 'Audience', description: 'Its slug. Default: everybody.', maxLength: 100 },
      },
    },
    check: ({ config }) => exports.choose(config as unknown as MailsConfig),
    source: {
      streams: {
        mail: stream({
          title: 'Mails',
          description:
            'One mail a person. A run fails unless a preflight of the version and audience has passed lately.',
          key: 'profile',
          schema: mailSchema,
          read: (ctx) => readMails(exports, ctx as ReadContext<MailsConfig>),
        }),
      },
    },
  });
}

async function* readMails(exports: MailExports, { config, resume, until, signal }: ReadContext<MailsConfig>) {
  const chosen = await exports.choose(config);
  await exports.passGate(chosen, config.audience);
  const after = typeof resume === 'string' ? resume : undefined;
  for await (const page of exports.pages(chosen, { audience: config.audience, after }, new Date(until))) {
    signal.throwIfAborted();
    const rejects = page.leftOut.map(({ profile, reason, message }) => ({
      raw: { profile, reason },
      position: `profile ${profile}`,
      code: 'would_not_be_sent' as const,
      message,
    }));
    yield { records: page.mails, rejects, resume: page.after };
  }
}
