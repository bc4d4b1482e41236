import { beforeEach, describe, expect, it } from '@jest/globals';
import {
  MillraceError,
  streamsOf,
  wholeStream,
  type AnyConnector,
  type Json,
  type Page,
  type Slice,
} from '@millrace/sdk';
import { testContext } from '@millrace/sdk/testing';
import type { ChosenTemplate } from '../templates/index.ts';
import type { MailExports } from './mail-exports.ts';
import { mailsConnector } from './mails-connector.ts';

const until = '2026-01-05T00:00:00.000Z';
const template = { id: 'tpl_1', name: 'News', channel: 'email', purpose: 'marketing', blocks: [], revision: null };

describe('mails by a sync', () => {
  let published: number;
  /** Of a block, or of the audience. */
  let change: string;
  /** Of what has passed a preflight. */
  let passed: Set<string>;
  let connector: AnyConnector;

  beforeEach(() => {
    [published, change, passed] = [1, 'a', new Set(['1a'])];
    const hashOf = async ({ version }: ChosenTemplate): Promise<string> => `${version}${change}`;
    const exports: Pick<MailExports, 'choose' | 'hashOf' | 'passGate' | 'pages'> = {
      choose: async ({ version = published }) => ({
        ...template,
        version,
        parts: { subject: `v${version}`, source: '' },
      }),
      hashOf,
      async passGate(chosen) {
        if (!passed.has(await hashOf(chosen))) throw new MillraceError('preflight_required', 'Start one.');
      },
      async *pages({ parts: { subject } }, { after = '0' }) {
        for (let person = Number(after) + 1; person <= 3; person++) {
          const mail = { profile: String(person), to: '', identities: [], subject, preheader: '', html: '', text: '' };
          yield {
            mails: [{ ...mail, fromName: null, headers: {}, hash: '', locale: 'en' }],
            leftOut: [],
            after: String(person),
          };
        }
      },
    };
    connector = mailsConnector(exports);
  });

  const context = { ...testContext({ template: 'news' }), until, stream: { name: 'mail', key: ['profile'] } };

  async function planned(): Promise<Slice> {
    const { mail } = await streamsOf(connector, context);
    const slices = (await mail?.plan?.(context)) as Slice[] | undefined;
    return slices?.[0] ?? wholeStream;
  }

  async function* read(slice: Slice, resume?: Json): AsyncGenerator<Page> {
    const { mail } = await streamsOf(connector, context);
    if (mail?.read) yield* mail.read({ ...context, slice, resume });
  }

  const rest = async (slice: Slice, resume?: Json): Promise<unknown[]> => {
    const pages: Page[] = [];
    for await (const page of read(slice, resume)) pages.push(page);
    return pages.flatMap(({ records }) => records.map(({ profile, subject }) => [profile, subject]));
  };

  it('stay those of the version with which the run began, whatever is published meanwhile', async () => {
    const slice = await planned();
    published = 2;
    expect(await rest(slice, '1')).toEqual([
      ['2', 'v1'],
      ['3', 'v1'],
    ]);
    passed.add('2a');
    expect(await rest(slice, '2')).toEqual([['3', 'v1']]);
    expect(await rest(await planned())).toHaveLength(3);
  });

  it('pass the gate once: a preflight that is outdated meanwhile does not break them off', async () => {
    const slice = await planned();
    passed.clear();
    expect(await rest(slice, '2')).toEqual([['3', 'v1']]);
    await expect(planned()).rejects.toMatchObject({ code: 'preflight_required' });
  });

  it('pass it again where they would be other mails, or for others, by now', async () => {
    const slice = await planned();
    change = 'b';
    await expect(rest(slice, '1')).rejects.toMatchObject({ code: 'preflight_required' });
    passed.add('1b');
    expect(await rest(slice, '2')).toEqual([['3', 'v1']]);
  });

  it('of a run that was planned before runs kept their version go on', async () => {
    expect(await rest(wholeStream, '2')).toEqual([['3', 'v1']]);
    passed.clear();
    await expect(rest(wholeStream, '2')).rejects.toMatchObject({ code: 'preflight_required' });
  });
});
