import { createServer, type AddressInfo, type Socket } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Webhook } from 'standardwebhooks';
import { startMailReceiver, startReceiver, type MailReceiver, type Receiver } from '#tools/testing';
import { startTestAlerts, type TestAlerts } from '../testing/test-alerts.ts';

const secret = `whsec_${Buffer.from('a key of thirty-two bytes length').toString('base64')}`;
const dead = { code: 'unreachable', message: 'db <b>:5432 cannot be reached.', connection: 'con_db' };

describe('delivery', () => {
  let test: TestAlerts;
  let receiver: Receiver;
  let mails: MailReceiver;

  beforeAll(async () => {
    mails = await startMailReceiver({ user: 'me', password: 'pass word' });
    test = await startTestAlerts({ smtpUrl: mails.url, mailFrom: 'millrace@example.com' });
    receiver = await startReceiver();
  });
  afterAll(async () => {
    receiver.close();
    await mails.close();
    await test.close();
  });
  beforeEach(async () => {
    await test.clear();
    receiver.received = [];
    mails.received = [];
    receiver.answer = () => ({ status: 200, body: 'ok' });
  });

  const channel = async (slug: string, type: string, config: object): Promise<void> => {
    expect((await test.http.put(`/api/alerts/channels/${slug}`, { type, config })).status).toBe(201);
  };
  const failing = async (to: string[]): Promise<string> => {
    const { status } = await test.http.post('/api/alerts/rules', { slug: 'all', on: { failed: true }, to, wait: '0s' });
    expect(status).toBe(201);
    const sync = await test.sync({ name: 'Shop & <customers>' });
    await test.ended(sync, { state: 'failed', error: dead });
    return sync;
  };
  const tryTest = async (slug: string) => (await test.http.post<object>(`/api/alerts/channels/${slug}/test`)).data;
  const messages = () => test.collections.messages.find({}, { sort: { number: 1 } }).toArray();
  const nowDue = () => test.collections.messages.updateMany({ state: 'pending' }, { $set: { notBefore: new Date() } });

  it('reaches a webhook, a chat and a mailbox, each in its own words', async () => {
    await channel('hook', 'webhook', { url: receiver.url, secret });
    await channel('chat', 'slack', { url: `${receiver.url}/slack` });
    await channel('mail', 'email', { to: ['on-call@example.com'] });
    await failing(['hook', 'chat', 'mail']);
    await test.look();
    expect(receiver.received).toHaveLength(2);
    const [hook, chat] = [...receiver.received].sort((a) => (a.headers['webhook-id'] ? -1 : 1));
    expect(new Webhook(secret).verify(hook?.body ?? '', hook?.headers as Record<string, string>)).toMatchObject({
      type: 'alert.opened',
      data: { kind: 'failed', syncs: [{ name: 'Shop & <customers>', code: 'unreachable' }] },
    });
    expect(JSON.parse(chat?.body ?? '')).toMatchObject({
      text: expect.stringContaining('Shop &amp; &lt;customers&gt;'),
      blocks: expect.arrayContaining([expect.objectContaining({ type: 'section' })]),
    });
    const [mail] = mails.received;
    expect(mail).toMatchObject({ from: 'millrace@example.com', to: ['on-call@example.com'], user: 'me' });
    const source = mail?.source.replaceAll('=\r\n', '');
    expect(source).toContain('Subject: =?UTF-8?Q?=5BMillrace=5D_=22Shop_=26_');
    expect(source).toContain('<b>Shop &amp; &lt;customers&gt;</b>: db &lt;b&gt;:5432');
    expect(source).toContain('- Shop & <customers>: db <b>:5432');
    expect((await messages()).map(({ state }) => state)).toEqual(['sent', 'sent', 'sent']);
  });

  it('repeats with the same id and the same body until the message is taken', async () => {
    await channel('hook', 'webhook', { url: receiver.url, secret });
    await failing(['hook']);
    receiver.answer = () => ({ status: 503 });
    await test.look();
    expect(await messages()).toMatchObject([{ state: 'pending', attempts: 1, code: 'remote_error' }]);
    expect((await test.http.get('/api/alerts/channels/hook')).data).toMatchObject({
      lastDelivery: { ok: false, code: 'remote_error' },
    });
    receiver.answer = () => ({ status: 204 });
    await nowDue();
    await test.look();
    const [first, second] = receiver.received;
    expect(receiver.received).toHaveLength(2);
    expect(second?.headers['webhook-id']).toBe(first?.headers['webhook-id']);
    expect(second?.body).toBe(first?.body);
  });

  it('does not repeat what was taken, however much the other side says to it', async () => {
    await channel('hook', 'webhook', { url: receiver.url, secret });
    await failing(['hook']);
    receiver.answer = () => ({ status: 200, body: `thank you ${'x'.repeat(1_000_000)}` });
    await test.look();
    expect(await messages()).toMatchObject([
      { state: 'sent', said: expect.stringMatching(/answered 200 OK: thank you x{190}$/) },
    ]);
  });

  it('waits for as long as a verbose chat asks it to', async () => {
    await channel('chat', 'slack', { url: receiver.url });
    await failing(['chat']);
    const headers = { 'retry-after': '1500' };
    receiver.answer = () => ({ status: 429, headers, body: 'x'.repeat(1_000_000) });
    await test.look();
    expect(await messages()).toMatchObject([{ state: 'pending', attempts: 1, code: 'rate_limited' }]);
  });

  it('does not repeat what was taken when the answer falls silent or breaks off', async () => {
    let connections = 0;
    const half = createServer((socket) => {
      socket.on('error', () => undefined);
      socket.once('data', () => {
        socket.write('HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nthank');
        if (++connections === 1) setImmediate(() => socket.destroy());
      });
    });
    await new Promise<void>((resolve) => half.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(half.address() as AddressInfo).port}/`;
    await channel('breaks', 'webhook', { url, secret });
    await failing(['breaks']);
    await test.look();
    await channel('silent', 'webhook', { url, secret });
    expect(await tryTest('silent')).toMatchObject({
      ok: true,
      message: expect.stringMatching(/answered 200 OK: thank$/),
    });
    await new Promise((resolve) => half.close(resolve));
    expect(await messages()).toMatchObject([{ state: 'sent', said: expect.stringContaining('answered 200 OK') }]);
  });

  it('waits for as long as a chat asks it to', async () => {
    await channel('chat', 'slack', { url: receiver.url });
    await failing(['chat']);
    receiver.answer = () => ({ status: 429, headers: { 'retry-after': '1500' } });
    const before = Date.now();
    await test.look();
    const [message] = await messages();
    expect(message).toMatchObject({ state: 'pending', attempts: 1, code: 'rate_limited' });
    expect(message?.notBefore.getTime()).toBeGreaterThanOrEqual(before + 1_500_000);
  });

  it('sends again, with the same id, what a process that died may have sent', async () => {
    await channel('hook', 'webhook', { url: receiver.url, secret });
    await failing(['hook']);
    await test.look();
    // It died after sending and before noting so; its term has passed.
    await test.collections.messages.updateMany({}, { $set: { state: 'pending', notBefore: new Date() } });
    await Promise.all([test.deliverer.start(), test.deliverer.start()]);
    await test.deliverer.settle();
    const ids = receiver.received.map(({ headers }) => headers['webhook-id']);
    expect(ids).toHaveLength(2);
    expect(new Set(ids).size).toBe(1);
  });

  it('sends what was put off by a clock that ran ahead, once it has been set back', async () => {
    await channel('hook', 'webhook', { url: receiver.url, secret });
    await failing(['hook']);
    await test.evaluator.look();
    const [retry, tomorrow] = [1_800_000, 86_400_000].map((later) => new Date(Date.now() + later));
    await test.collections.messages.updateMany({}, { $set: { notBefore: retry } });
    await test.look();
    expect(receiver.received).toHaveLength(0);
    await test.collections.messages.updateMany({}, { $set: { notBefore: tomorrow } });
    await test.look();
    expect(receiver.received).toHaveLength(1);
    expect(await messages()).toMatchObject([{ state: 'sent' }]);
  });

  it('does not tell of a recovery before what it recovered from', async () => {
    await channel('hook', 'webhook', { url: receiver.url, secret });
    const sync = await failing(['hook']);
    receiver.answer = () => ({ status: 503 });
    await test.look();
    receiver.answer = () => ({ status: 200 });
    await test.ended(sync);
    await test.look();
    expect(receiver.received).toHaveLength(1);
    await nowDue();
    for (let round = 0; round < 3; round++) {
      await test.look();
      await nowDue();
    }
    const types = receiver.received.map(({ body }) => (JSON.parse(body) as { type: string }).type);
    expect(types).toEqual(['alert.opened', 'alert.opened', 'alert.recovered']);
  });

  it('gives up in the end, and says so', async () => {
    await channel('hook', 'webhook', { url: receiver.url });
    await failing(['hook']);
    receiver.answer = () => ({ status: 410, body: 'gone for good' });
    await test.look();
    for (let attempt = 2; attempt <= 6; attempt++) {
      await nowDue();
      await test.look();
    }
    expect(receiver.received).toHaveLength(4);
    const [alert] = (await test.http.get<{ data: { id: string }[] }>('/api/alerts')).data.data;
    expect((await test.http.get(`/api/alerts/${alert?.id}`)).data).toMatchObject({
      messages: [{ state: 'failed', attempts: 4, said: expect.stringContaining('gone for good') }],
    });
  });

  it('sends a mail again to those alone whom the mail server refused for now', async () => {
    await channel('mail', 'email', { to: ['on-call@example.com', 'later@example.com', 'nobody@example.com'] });
    expect(await tryTest('mail')).toMatchObject({ ok: false, message: expect.stringContaining('refused: 2') });
    mails.received = [];
    await failing(['mail']);
    await test.look();
    const [message] = await messages();
    expect(message).toMatchObject({ state: 'pending', left: ['later@example.com', 'nobody@example.com'] });
    const config = { to: ['on-call@example.com', 'boss@example.com', 'nobody@example.com'] };
    await test.http.put('/api/alerts/channels/mail', { type: 'email', config });
    for (let attempt = 2; attempt <= 4; attempt++) {
      await nowDue();
      await test.look();
    }
    expect(await messages()).toMatchObject([{ state: 'failed', code: 'remote_rejected', attempts: 4 }]);
    expect(mails.received.map(({ to }) => to)).toEqual([['on-call@example.com']]);
  });

  it('does not let a channel that hangs hold up another', async () => {
    const sockets: Socket[] = [];
    const silent = createServer((socket) => sockets.push(socket));
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    await channel('silent', 'webhook', { url: `http://127.0.0.1:${(silent.address() as AddressInfo).port}/` });
    await channel('hook', 'webhook', { url: receiver.url, secret });
    const sync = await failing(['silent', 'hook']);
    await test.evaluator.look();
    await test.deliverer.start();
    await receiver.until(1);
    await test.ended(sync);
    await test.evaluator.look();
    while (receiver.received.length < 2) await test.deliverer.start();
    sockets.forEach((socket) => socket.destroy());
    silent.close();
    await test.deliverer.settle();
    expect((await messages()).map(({ state }) => state).sort()).toEqual(['pending', 'pending', 'sent', 'sent']);
  });

  it('has a test button that tells what the other side said', async () => {
    await channel('hook', 'webhook', { url: receiver.url, secret });
    await channel('mail', 'email', { to: ['a@example.com'] });
    await channel('wrong', 'email', { to: ['a@example.com'], smtp: mails.url.replace('pass%20word', 'wrong') });
    await channel('refused', 'email', { to: ['nobody@example.com'] });
    await channel('closed', 'email', { to: ['a@example.com'], smtp: 'smtp://127.0.0.1:1', from: 'b@example.com' });
    receiver.answer = () => ({ status: 202, body: 'thank you' });
    expect(await tryTest('hook')).toMatchObject({
      ok: true,
      message: expect.stringMatching(/answered 202 .*thank you/),
    });
    expect(JSON.parse(receiver.received[0]?.body ?? '')).toMatchObject({ type: 'alert.test', data: { kind: 'test' } });
    receiver.answer = () => ({ status: 429, headers: { 'retry-after': '60' } });
    expect(Object.keys(await tryTest('hook')).toSorted()).toEqual(['at', 'code', 'message', 'ok']);
    expect(await tryTest('mail')).toMatchObject({ ok: true, message: expect.stringContaining('250') });
    expect(await tryTest('wrong')).toMatchObject({ ok: false, code: 'authentication_failed' });
    const refused = await tryTest('refused');
    expect(refused).toMatchObject({ ok: false, code: 'remote_rejected' });
    expect(JSON.stringify(refused)).not.toContain('nobody@');
    expect(await tryTest('closed')).toMatchObject({ ok: false, code: 'unreachable' });
    expect((await test.http.post('/api/alerts/channels/nobody/test')).status).toBe(404);
  });
});
