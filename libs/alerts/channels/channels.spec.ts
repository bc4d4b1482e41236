import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { startReceiver, type Receiver } from '#tools/testing';
import { startTestAlerts, type TestAlerts } from '../testing/test-alerts.ts';

const secret = `whsec_${Buffer.from('a key of thirty-two bytes length').toString('base64')}`;

describe('channels', () => {
  let test: TestAlerts;

  beforeAll(async () => {
    test = await startTestAlerts({ allowPrivateAddresses: false });
  });
  afterAll(() => test.close());
  beforeEach(() => test.clear());

  const put = (slug: string, type: string, config: object) =>
    test.http.put<{ config: object; revision: number }>(`/api/alerts/channels/${slug}`, { type, config });

  it('never gives away a secret, and keeps it when it is not given again', async () => {
    await put('hook', 'webhook', { url: 'https://example.com/hook', secret });
    await put('chat', 'slack', { url: 'https://chat.example.com/services/T0/B0/key' });
    const { data: list } = await test.http.get<object>('/api/alerts/channels');
    expect(list).toMatchObject({
      data: [
        { slug: 'hook', config: { url: 'https://example.com/hook', secret: null }, secretsSet: ['secret'] },
        { slug: 'chat', config: { url: null }, secretsSet: ['url'] },
      ],
    });
    const stored = JSON.stringify(await test.collections.channels.find().toArray());
    for (const shown of [JSON.stringify(list), stored]) {
      expect(shown).not.toContain(secret);
      expect(shown).not.toContain('services/T0');
    }
    // What GET shows is what PUT takes: nothing changes.
    const again = await put('hook', 'webhook', { url: 'https://example.com/hook', secret: null });
    expect([again.status, again.data.revision]).toEqual([200, 1]);
    expect((await put('hook', 'webhook', { url: 'https://elsewhere.example/hook', secret: null })).data).toMatchObject({
      code: 'secrets_required',
    });
  });

  it('is not written over what somebody else changed meanwhile', async () => {
    const from = (revision: number, name: string) =>
      test.http.put(
        '/api/alerts/channels/mail',
        { name, type: 'email', config: { to: ['a@example.com'] } },
        { headers: { 'if-match': `"${revision}"` } },
      );
    expect((await from(1, 'None yet')).status).toBe(404);
    await put('mail', 'email', { to: ['a@example.com'] });
    expect((await from(1, 'Mine')).data).toMatchObject({ name: 'Mine', revision: 2 });
    expect((await from(1, 'Theirs')).data).toMatchObject({ code: 'conflict', details: { revision: 2 } });
  });

  it.each([
    ['webhook', { url: 'ftp://example.com' }],
    ['webhook', { url: 'https://example.com', secret: 'short' }],
    ['webhook', { url: 'https://example.com', colour: 'red' }],
    ['slack', {}],
    ['email', { to: [] }],
    ['email', { to: ['not an address'] }],
    ['email', { to: ['a@example.com'], smtp: 'https://mail.example.com' }],
  ])('refuses a %s with %j', async (type, config) => {
    expect((await put('wrong', type, config)).data).toMatchObject({ code: 'invalid_config' });
  });

  it('refuses what cannot be: other types, taken slugs, unknown ones, too small a role', async () => {
    const email = { to: ['a@example.com'] };
    await put('mail', 'email', email);
    expect((await put('mail', 'slack', { url: 'https://example.com' })).status).toBe(409);
    expect((await put('pigeon', 'pigeon', {})).status).toBe(400);
    const body = { slug: 'mail', type: 'email', config: email };
    expect((await test.http.post('/api/alerts/channels', body)).status).toBe(409);
    expect((await test.http.get('/api/alerts/channels/other')).status).toBe(404);
    const viewer = await test.as('viewer');
    expect((await viewer.get('/api/alerts/channels/mail')).status).toBe(200);
    expect((await viewer.post('/api/alerts/channels/mail/test')).status).toBe(403);
  });

  it('is not removed while a rule sends to it', async () => {
    await put('mail', 'email', { to: ['a@example.com'] });
    await test.http.put('/api/alerts/rules/all', { on: { failed: true }, to: ['mail'] });
    expect((await test.http.delete('/api/alerts/channels/mail')).status).toBe(409);
    await test.http.delete('/api/alerts/rules/all');
    expect((await test.http.delete('/api/alerts/channels/mail')).status).toBe(204);
  });

  it('does not reach private addresses where that is forbidden, nor by mail', async () => {
    const receiver: Receiver = await startReceiver();
    await put('hook', 'webhook', { url: receiver.url });
    await put('mail', 'email', { to: ['a@example.com'], from: 'b@example.com', smtp: 'smtp://127.0.0.1:25' });
    for (const slug of ['hook', 'mail']) {
      const { data } = await test.http.post<object>(`/api/alerts/channels/${slug}/test`);
      expect(data).toMatchObject({ ok: false, code: 'address_not_allowed' });
    }
    expect(receiver.received).toEqual([]);
    receiver.close();
  });
});
