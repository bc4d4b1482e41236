import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { AxiosInstance } from 'axios';
import { startMailReceiver, type MailReceiver } from '#tools/testing';
import { startContentApp, type ContentApp } from '../testing/content-app.ts';
import type { Preview } from '../preview/index.ts';
import type { TestSendView } from './test-send-view.ts';
import { readMail } from './testing/read-mail.ts';

let content: ContentApp;
let http: AxiosInstance;
let mails: MailReceiver;

beforeAll(async () => {
  mails = await startMailReceiver({ user: 'me', password: 'secret' });
  content = await startContentApp('https://mail.example.com', {
    smtpUrl: mails.url,
    mailFrom: 'shop@example.com',
    testRecipients: ['Team@example.com', '@test.example.com'],
  });
  ({ http } = content);
  await content.load('profile', {
    identities: { email: 'ann@example.com' },
    traits: { firstName: 'Ann 🎉', locale: 'de' },
  });
  await content.load('profile', { identities: { email: 'bob@example.com' }, traits: { firstName: 'Bob' } });
  for (const [email, state] of [
    ['ann@example.com', 'granted'],
    ['bob@example.com', 'denied'],
  ] as const) {
    await content.load('consent', { identity: `email:${email}`, channel: 'email', purpose: 'marketing', state });
  }
});

afterAll(async () => {
  await content.close();
  await mails.close();
});
beforeEach(() => void (mails.received = []));

const to = 'team@example.com';
const post = (path: string, body: object, headers = {}) => http.post<object>(path, body, { headers });

async function sent(body: object): Promise<TestSendView> {
  const { data, status } = await post('/api/test-sends', { to, ...body });
  expect({ status, data }).toMatchObject({ status: 201, data: { state: 'sent', to } });
  return data as TestSendView;
}
const previewed = async (body: object) => (await post('/api/preview', body)).data as Preview;

const tricky = {
  'a subject beyond ASCII, longer than a line': {
    subject: `Grüße, {{firstName}}! ${'Sehr lange Betreffzeile 📦 '.repeat(12)}`,
  },
  'a long subject': { subject: `Sale ${'and more '.repeat(60)}` },
  'a subject that looks encoded': { subject: '=?utf-8?Q?Not_this?= {{firstName}}' },
  'an ASCII subject that looks encoded': { subject: `=?utf-8?B?eA==?= ${'and more '.repeat(20)}` },
  'line ends of every kind': { source: '<p>a</p>\r\n<p>b</p>\r<p>c</p>\n\n', text: 'a\r\nb\rc\n\n' },
  'lines longer than SMTP allows': { source: `<p>${'long '.repeat(2000)}{{firstName}}</p>`, text: 'x'.repeat(5000) },
  'lines that begin with dots': { source: '.\n..\n<p>.</p>\n.\n', text: '.\n..\n...\nFrom me\n' },
  'white space at the ends of lines': { source: '<p>a</p>  \n\t \n', text: 'a  \n \t\n\n' },
  'letters of many scripts': { source: '<p>日本語 עברית 👩‍👩‍👧 é</p>', text: 'Ω ﷽ \ufeff 🏳️‍🌈' },
  'a preheader with markup': { preheader: '5 < 6 & "7" {{firstName}}' },
  'names and addresses': { fromName: '{{firstName}}, "Shop" <x@y.z>; Ö', replyTo: 'Service <service@example.com>' },
  MJML: {
    format: 'mjml',
    source:
      '<mjml><mj-body><mj-section><mj-column><mj-text>Hi {{firstName}}</mj-text></mj-column></mj-section></mj-body></mjml>',
  },
  'a link that unsubscribes': { source: '<a href="{{unsubscribeUrl}}">Leave</a>' },
};

describe('the mail as it was received', () => {
  it.each(Object.entries(tricky))('has the hash of the preview: %s', async (_, parts) => {
    const body = { subject: 'Hi', source: '<p>Hi {{firstName}}</p>', identity: 'ann@example.com', ...parts };
    const { hash } = await previewed(body);
    const send = await sent(body);
    const mail = await readMail(mails.received[0]?.source ?? '');
    expect(send.hash).toBe(hash);
    expect(mail.hash).toBe(hash);
    expect(mail.parsed.headers.get('x-millrace-hash')).toBe(hash);
  });

  it('has it whatever people are called and templates say', async () => {
    const text = fc
      .string({ unit: 'binary', maxLength: 60 })
      .map((some) => some.replaceAll('{', '(').replaceAll('\\', '/').replaceAll('\0', '0'));
    await fc.assert(
      fc.asyncProperty(text, text, text, text, async (name, subject, source, plain) => {
        mails.received = [];
        const body = {
          subject: `${subject}{{name}}s`,
          source: `<p>${source}{{name}}</p>`,
          text: `${plain}{{name}}.`,
          preheader: plain,
          sample: { name },
        };
        const asOf = '2025-01-01T00:00:00Z';
        const { hash } = await previewed({ ...body, asOf });
        await sent({ ...body, asOf });
        expect((await readMail(mails.received[0]?.source ?? '')).hash).toBe(hash);
      }),
      { numRuns: 25 },
    );
  });

  it('is from the template’s sender, marked as a test, and has an unaltered subject', async () => {
    const body = { subject: 'Only this', source: '<p>x</p>', fromName: 'Your shop', replyTo: 'service@example.com' };
    const { id } = await sent({ ...body, sample: {} });
    expect(mails.received).toMatchObject([{ from: 'shop@example.com', to: [to], user: 'me' }]);
    const { parsed } = await readMail(mails.received[0]?.source ?? '');
    expect(parsed).toMatchObject({
      subject: 'Only this',
      from: { value: [{ address: 'shop@example.com', name: 'Your shop' }] },
      replyTo: { value: [{ address: 'service@example.com' }] },
      messageId: `<${id}@mail.example.com>`,
    });
    expect(parsed.headers.get('x-millrace-test')).toBe(id);
    await sent({ ...body, fromName: '=?utf-8?Q?Bank?=', sample: {} });
    const [from] = mails.received[1]?.source.match(/^From: .*$/m) ?? [];
    expect(from).toBe('From: "=?utf-8?Q?Bank?=" <shop@example.com>'); // quoted, it is what it says: RFC 2047, 5 (3)
  });
});

describe('test mails', () => {
  const mail = { subject: 'S', source: '<p>{{firstName}}</p>' };

  it('go to allowed addresses only', async () => {
    expect((await http.get('/api/test-sends/recipients')).data).toEqual({
      addresses: [to],
      domains: ['test.example.com'],
    });
    for (const address of ['other@example.com', 'team@example.com.evil.com', 'x@sub.test.example.com']) {
      expect(await post('/api/test-sends', { ...mail, sample: {}, to: address })).toMatchObject({
        status: 403,
        data: { code: 'recipient_not_allowed', detail: expect.stringContaining('MILLRACE_TEST_RECIPIENTS') },
      });
    }
    expect((await post('/api/test-sends', { ...mail, sample: {}, to: 'Any.One@TEST.example.com' })).status).toBe(201);
    expect(
      (await post('/api/test-sends', { ...mail, sample: {}, to: 'a@test.example.com\r\nBcc: x@y.z' })).status,
    ).toBe(400);
    expect(mails.received.map((one) => one.to)).toEqual([['Any.One@test.example.com']]);
  });

  it('are refused for people who must not be written to, and where the template skips them', async () => {
    expect(await post('/api/test-sends', { ...mail, to, identity: 'bob@example.com' })).toMatchObject({
      status: 422,
      data: {
        code: 'would_not_be_sent',
        detail: expect.stringContaining('marketing by email was denied by email:bob@example.com'),
      },
    });
    const skipping = { ...mail, source: '{{sendSkip cause="no stock"}}' };
    expect(await post('/api/test-sends', { ...skipping, to, sample: {} })).toMatchObject({
      status: 422,
      data: { code: 'would_not_be_sent', detail: expect.stringContaining('no stock') },
    });
    expect(await post('/api/test-sends', { ...mail, to, sample: {}, channel: 'sms' })).toMatchObject({ status: 400 });
    expect(mails.received).toEqual([]);
  });

  it('are sent once for an Idempotency-Key', async () => {
    const key = { 'idempotency-key': 'once' };
    const first = await post('/api/test-sends', { ...mail, to, sample: {} }, key);
    expect((await post('/api/test-sends', { ...mail, to, sample: {} }, key)).data).toEqual(first.data);
    expect(mails.received).toHaveLength(1);
  });

  it('are counted by key', async () => {
    const { data } = await http.post<{ key: string }>('/api/keys', { name: 'Marta', role: 'marketer' });
    const headers = { authorization: `Bearer ${data.key}` };
    const statuses = new Set<number>();
    while (!statuses.has(429)) {
      // A few at a time: where Redis is not heard for a second, nobody is counted.
      const few = Array.from({ length: 10 }, () =>
        post('/api/test-sends', { template: 'nothing', to, sample: {} }, headers),
      );
      for (const { status } of await Promise.all(few)) statuses.add(status);
    }
    expect(statuses).toEqual(new Set([404, 429]));
    expect((await post('/api/test-sends', { ...mail, to, sample: {} })).status).toBe(201);
  });

  it('are on record, failed ones too', async () => {
    const { data: template } = await http.put<{ id: string }>('/api/templates/news', { name: 'News', ...mail });
    const { id } = await sent({ template: 'news', identity: 'ann@example.com' });
    const refused = await post('/api/test-sends', { template: 'news', sample: {}, to: 'nobody@test.example.com' });
    expect(refused).toMatchObject({ status: 422, data: { code: 'remote_rejected' } });
    const { data } = await http.get<{ data: TestSendView[]; next: null }>('/api/test-sends?template=news');
    expect(data.data).toMatchObject([
      { to: 'nobody@test.example.com', state: 'failed', error: { code: 'remote_rejected' } },
      { id, to, state: 'sent', template: { id: template.id, name: 'News', version: null, revision: 1 }, error: null },
    ]);
    expect((await http.get(`/api/test-sends/${id}`)).data).toEqual(data.data[1]);
    const page = await http.get<{ data: object[]; next: string }>('/api/test-sends?limit=1');
    expect(page.data).toMatchObject({ data: [{ state: 'failed' }], next: expect.any(String) });
    expect((await http.get(`/api/test-sends?limit=1&after=${page.data.next}`)).data).toMatchObject({ data: [{ id }] });
  });
});
