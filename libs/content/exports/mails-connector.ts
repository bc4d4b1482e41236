import {
  defineConnector,
  stream,
  wholeStream,
  type AnyConnector,
  type JsonSchema,
  type PlanContext,
  type ReadContext,
  type Slice,
} from '@millrace/sdk';
import type { MailExports } from './mail-exports.ts';

interface MailsConfig {
  template: string;
  version?: number;
  audience?: string;
}

type Exports = Pick<MailExports, 'choose' | 'hashOf' | 'passGate' | 'pages'>;

/** What a run exports, as it was when the run began and passed the gate: what is published while it goes on is for the next one. */
type Decided = { version: number | null; hash: string };

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
export function mailsConnector(exports: Exports): AnyConnector {
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
          plan: (ctx) => planMails(exports, ctx as PlanContext<MailsConfig>),
          read: (ctx) => readMails(exports, ctx as ReadContext<MailsConfig>),
        }),
      },
    },
  });
}

async function planMails(exports: Exports, { config }: PlanContext<MailsConfig>): Promise<Slice<Decided>[]> {
  const chosen = await exports.choose(config);
  const hash = await exports.hashOf(chosen, config.audience); // before the gate is asked, so that nothing else goes out than what it saw
  await exports.passGate(chosen, config.audience);
  return [{ ...wholeStream, spec: { version: chosen.version, hash } }];
}

async function* readMails(exports: Exports, { config, slice, resume, until, signal }: ReadContext<MailsConfig>) {
  const decided = slice.spec as Decided | null; // null: of a run that was planned before runs decided
  const chosen = await exports.choose({ ...config, version: decided?.version ?? config.version });
  // Blocks, strings and the audience are not the run's own: what they make other mails, or for others, is not to go out unseen.
  if (decided?.hash !== (await exports.hashOf(chosen, config.audience)))
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
