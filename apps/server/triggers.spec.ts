import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Webhook } from 'standardwebhooks';
import { gate, startReceiver, type Receiver } from '#tools/testing';
import { startTestServer, type TestServer } from './testing/test-server.ts';
import { endWaits, happened } from './testing/waits.ts';

type Fields = Record<string, unknown>;
interface FiringView {
  id: string;
  profile: string;
  state: string;
  attempts: number;
  reason?: string;
  run?: string;
}

const secret = `whsec_${Buffer.from('a key of thirty-two bytes length').toString('base64')}`;

/** Triggers from end to end: what people do arrives by HTTP, what follows leaves by HTTP. */
describe('triggers on a server', () => {
  let server: TestServer;
  let receiver: Receiver;
  let authorization: string;
  let person = 0;

  beforeAll(async () => {
    server = await startTestServer();
    receiver = await startReceiver();
    const { data } = await server.http.post<{ writeKey: string }>('/api/sources', { name: 'Shop' });
    authorization = `Basic ${Buffer.from(`${data.writeKey}:`).toString('base64')}`;
  });
  afterAll(async () => {
    receiver.close();
    await server.close();
  });
  beforeEach(() => {
    receiver.received.length = 0;
    receiver.answer = () => ({ status: 200, body: 'ok' });
    person++;
  });

  const user = (): string => `u${person}`;
  const put = async (slug: string, trigger: object): Promise<void> => {
    const { status, data } = await server.http.put<Fields>(`/api/triggers/${slug}`, trigger);
    expect([status, data]).toEqual([201, expect.objectContaining({ slug, state: 'active' })]);
  };
  const remove = (slug: string) => server.http.delete(`/api/triggers/${slug}`);
  const webhook = (path = '') => ({ webhook: { url: `${receiver.url}${path}`, secret } });

  async function send(type: string, message: object): Promise<void> {
    const body = { userId: user(), timestamp: new Date().toISOString(), ...message };
    expect((await server.http.post(`/v1/${type}`, body, { headers: { authorization } })).status).toBe(200);
  }
  const track = (event: string, properties: object = {}, more: object = {}) =>
    send('track', { event, properties, ...more });

  async function firings(slug: string, enough: (found: FiringView[]) => boolean): Promise<FiringView[]> {
    for (;;) {
      const { data } = await server.http.get<{ data: FiringView[] }>(`/api/triggers/${slug}/firings`);
      if (enough(data.data)) return data.data;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
  const settled = (count: number) => (found: FiringView[]) =>
    found.length >= count && found.every(({ state }) => !['pending', 'waiting'].includes(state));

  it('call a signed webhook for an event that fits, once, however often it is sent', async () => {
    const where = { field: 'properties.total', is: 'atLeast', value: 20 };
    await put('big-carts', { on: { event: 'Cart Updated', where }, do: webhook() });
    await track('Cart Updated', { total: 5 });
    await track('Cart Updated', { total: 25 }, { messageId: 'm1' });
    await track('Cart Updated', { total: 25 }, { messageId: 'm1' });
    const [firing] = await firings('big-carts', settled(1));
    expect(firing).toMatchObject({ state: 'sent', attempts: 1, reason: expect.stringContaining('answered 200') });
    expect(receiver.received).toHaveLength(1);
    const [call] = receiver.received;
    expect(call?.headers['webhook-id']).toBe(firing?.id);
    expect(new Webhook(secret).verify(call?.body ?? '', call?.headers as Record<string, string>)).toMatchObject({
      type: 'trigger.fired',
      data: {
        firing: firing?.id,
        trigger: 'big-carts',
        cause: { kind: 'event', event: 'Cart Updated', properties: { total: 25 } },
        person: { identities: { user: user() } },
      },
    });
    expect(await server.http.get('/api/triggers/big-carts')).toMatchObject({
      data: { do: { webhook: { secret: null } }, secretsSet: ['do.webhook.secret'], lastDay: { sent: 1 } },
    });
    await remove('big-carts');
  });

  it('do not fire for what is older than the trigger, or than maxAge, and tell of the latter', async () => {
    await put('news', { on: { event: 'Late' }, maxAge: '1h', do: webhook() });
    await track('Late', {}, { timestamp: '2026-01-01T00:00:00Z' });
    await track('Late', { new: true });
    await firings('news', settled(1));
    expect(receiver.received).toHaveLength(1);
    expect(receiver.received[0]?.body).toContain('"new":true');
    await remove('news');
  });

  it('remind of an abandoned cart, unless the person bought meanwhile', async () => {
    const unless = { events: [{ name: 'Paid' }], orders: true };
    await put('carts', { on: { event: 'Added' }, wait: '1h', unless, coolDown: '1d', do: webhook() });
    await track('Added', { n: 1 });
    await track('Added', { n: 2 });
    const abandoned = user();
    person++;
    await track('Added');
    await track('Paid');
    await happened(server, `user:${user()}`, 'Paid');
    await firings('carts', (noted) => noted.length === 3);
    await endWaits('carts');
    const found = await firings('carts', settled(3));
    expect(found.map(({ state }) => state).sort()).toEqual(['sent', 'skipped', 'skipped']);
    const reasons = found.map(({ reason }) => reason);
    expect(reasons).toContainEqual(expect.stringContaining('"Paid" came meanwhile'));
    expect(reasons).toContainEqual(expect.stringContaining('wait began anew'));
    expect(receiver.received).toHaveLength(1);
    expect(receiver.received[0]?.body).toContain(`"user":"${abandoned}"`);
    expect(receiver.received[0]?.body).toContain('"n":2');

    const trial = await server.http.post('/api/triggers/carts/test', { identity: `user:${user()}` });
    expect(trial.data).toMatchObject({ fires: false, reasons: [expect.stringContaining('"Paid"')] });
    expect(receiver.received).toHaveLength(1);
    await remove('carts');
  });

  it('of a preset remind once of an abandoned cart, and not of one that was bought', async () => {
    const { data: presets } = await server.http.get<{ data: Fields[] }>('/api/trigger-presets');
    const fields = ['event', 'purchase', 'wait', 'coolDown'].map((name) => expect.objectContaining({ name }));
    expect(presets.data).toEqual([expect.objectContaining({ name: 'cart-abandonment', fields })]);
    const asked = { preset: 'cart-abandonment', with: { wait: '1h' }, do: webhook('/reminder') };
    const { status, data: made } = await server.http.post<Fields>('/api/triggers', asked);
    expect([status, made]).toEqual([
      201,
      expect.objectContaining({
        ...{ slug: 'cart-abandonment', name: 'Cart abandonment', on: { event: 'Product Added' }, wait: '1h' },
        ...{ unless: { events: [{ name: 'Order Completed' }], orders: true }, coolDown: '7d' },
      }),
    ]);
    receiver.answer = ({ path }) => ({
      status: path.endsWith('/reminder') && receiver.received.length < 2 ? 503 : 200,
    });
    const abandoned = user();
    await track('Product Added', { product_id: 'P-1' }, { messageId: 'cart-1' });
    await track('Product Added', { product_id: 'P-1' }, { messageId: 'cart-1' });
    person++;
    await track('Product Added', { product_id: 'P-2' });
    await track('Order Completed', { order_id: `o-${user()}`, total: 20, products: [{ product_id: 'P-2' }] });
    await happened(server, `user:${user()}`, 'Order Completed');
    await firings('cart-abandonment', (noted) => noted.length === 2);
    await endWaits('cart-abandonment');

    const found = await firings('cart-abandonment', settled(2));
    expect(found.map(({ state }) => state).sort()).toEqual(['sent', 'skipped']);
    expect(found.find(({ state }) => state === 'skipped')?.reason).toContain('"Order Completed" came meanwhile');
    const sent = found.find(({ state }) => state === 'sent');
    const calls = receiver.received.map(({ headers, body }) => [headers['webhook-id'], body]);
    expect(calls).toEqual([
      [sent?.id, expect.stringContaining(`"user":"${abandoned}"`)],
      [sent?.id, calls[0]?.[1]], // it was refused at first: the repeat has the same key
    ]);
    await remove('cart-abandonment');
  });

  it('of a preset take further wishes, and refuse what it has not', async () => {
    const make = (body: object) => server.http.post<Fields>('/api/triggers', { do: webhook(), ...body });
    const preset = 'cart-abandonment';
    const requires = { channel: 'email', purpose: 'marketing' };
    const own = await make({ preset, slug: 'carts-2', with: { event: 'Cart Updated' }, name: 'Carts', requires });
    expect(own.data).toMatchObject({
      slug: 'carts-2',
      name: 'Carts',
      requires,
      on: { event: 'Cart Updated' },
      wait: '4h',
    });
    for (const [body, status, detail] of [
      [{ preset: 'nothing' }, 400, 'GET /api/trigger-presets lists them: cart-abandonment'],
      [{ preset, with: { hours: '4h' } }, 400, '`with.hours` is no field'],
      [{ preset, with: { wait: { $gt: '' } } }, 400, '`with.wait` must be a text'],
      [{ preset, with: { wait: 'soon' } }, 400, '`wait`'],
      [{ preset, slug: 'carts-2' }, 409, 'PUT /api/triggers/carts-2'],
      [{ with: { wait: '4h' }, slug: 'x', on: { event: 'X' } }, 400, '`with` fills in a `preset`'],
      [{ on: { event: 'X' } }, 400, '`slug` is empty'],
      [{ slug: 'x' }, 400, '`on` is empty'],
    ] as const) {
      const { status: got, data } = await make(body);
      expect([body, got, data.detail]).toEqual([body, status, expect.stringContaining(detail)]);
    }
    await remove('carts-2');
  });

  it('hand a person to a destination when a trait changes, with its former value as a condition', async () => {
    await server.http.put('/api/connections/crm', { connector: 'webhook', config: { url: `${receiver.url}/crm` } });
    const { data: objects } = await server.http.get<{ data: { name: string }[] }>('/api/connections/crm/objects');
    await put('upgrades', {
      on: { trait: 'plan', from: { is: 'equals', value: 'free' }, to: { is: 'in', value: ['pro', 'team'] } },
      do: {
        handOver: {
          connection: 'crm',
          object: objects.data?.[0]?.name ?? 'rows',
          mapping: { id: 'identities.user', plan: 'traits.plan', was: 'cause.from' },
        },
      },
    });
    await send('identify', { traits: { plan: 'free' } });
    await known(user(), 'free');
    await send('identify', { traits: { plan: 'pro' } });
    const [firing] = await firings('upgrades', settled(1));
    expect(firing).toMatchObject({ state: 'sent', reason: 'crm answered: ok.' });
    expect(receiver.received).toHaveLength(1);
    expect(receiver.received[0]?.body).toContain(`"was":"free"`);
    await remove('upgrades');
  });

  async function known(id: string, plan: string): Promise<void> {
    for (;;) {
      const { data } = await server.http.post<{ traits?: Fields }>('/api/profiles/lookup', { identity: `user:${id}` });
      if (data.traits?.plan === plan) return;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  it('start a sync when somebody enters an audience, and ask for permission before a webhook', async () => {
    await send('identify', { traits: { city: 'Oslo' } });
    const condition = { field: 'traits.city', is: 'equals', value: 'Bergen' };
    await server.http.put('/api/audiences/bergen', { condition });
    await server.http.put('/api/connections/people-out', {
      connector: 'webhook',
      config: { url: `${receiver.url}/out` },
    });
    const to = { connection: 'people-out', object: 'rows' };
    const from = { connection: 'profiles', stream: 'audience:bergen' };
    const made = await server.http.put('/api/syncs/bergen-out', { name: 'Out', from, to, mapping: { id: 'id' } });
    expect(made.status).toBeLessThan(300);
    const on = { entersAudience: 'bergen' };
    await put('bergen-sync', { on, do: { sync: 'bergen-out' } });
    await put('bergen-hook', { on, requires: { channel: 'email', purpose: 'marketing' }, do: webhook('/hook') });
    await send('identify', { traits: { city: 'Bergen' } });
    const [started] = await firings('bergen-sync', settled(1));
    expect(started).toMatchObject({ state: 'sent', run: expect.stringMatching(/^run_/) });
    expect(await server.http.get(`/api/runs/${started?.run}`)).toMatchObject({ data: { trigger: 'trigger' } });
    const [refused] = await firings('bergen-hook', settled(1));
    expect(refused).toMatchObject({ state: 'skipped', reason: expect.stringContaining('no_consent') });
    await Promise.all([remove('bergen-sync'), remove('bergen-hook')]);
  });

  it('are asked before what they use is removed', async () => {
    const condition = { field: 'traits.city', is: 'equals', value: 'Rome' };
    await server.http.put('/api/audiences/rome', { condition });
    await server.http.put('/api/audiences/lazio', { condition });
    await server.http.put('/api/computed-traits/spent', { from: 'orders', calculate: 'sum', field: 'total' });
    await server.http.put('/api/purposes/news', { title: 'News', basis: 'consent' });
    const config = { url: `${receiver.url}/x` };
    await server.http.put('/api/connections/in-use', { connector: 'webhook', config });
    await server.http.put('/api/syncs/in-use', {
      ...{ name: 'Used', from: { connection: 'profiles', stream: 'profile' }, mapping: { id: 'id' } },
      to: { connection: 'people-out', object: 'rows' },
    });
    const mapping = { spent: 'computed.spent', lazio: { template: '{{#if (contains audiences "lazio")}}yes{{/if}}' } };
    const { data: sync } = await server.http.get<Fields>('/api/syncs/in-use');
    await put('uses-many', {
      ...{ name: 'Many', on: { entersAudience: 'rome' }, requires: { channel: 'email', purpose: 'news' } },
      do: { handOver: { connection: 'in-use', object: 'rows', mapping } },
    });
    await put('uses-sync', { name: 'Starter', on: { event: 'X' }, do: { sync: sync.id } });
    await put('by-slug', { on: { event: 'X' }, do: { sync: 'in-use' } });
    for (const slug of ['renamed', 'in-use']) {
      expect((await server.http.patch(`/api/syncs/${sync.id as string}`, { slug })).status).toBe(200);
      expect((await server.http.get('/api/triggers/by-slug')).data).toMatchObject({ do: { sync: slug } });
    }
    await remove('by-slug');
    const used = [
      ['/api/audiences/rome', 'Many'],
      ['/api/audiences/lazio', 'Many'],
      ['/api/computed-traits/spent', 'Many'],
      ['/api/purposes/news', 'Many'],
      ['/api/connections/in-use', 'Many'],
      ['/api/syncs/in-use', 'Starter'],
    ] as const;
    for (const [path, name] of used) {
      const { status, data } = await server.http.delete<Fields>(path);
      const detail = expect.stringContaining(`is used by trigger "${name}"`);
      expect([path, status, data]).toEqual([path, 409, expect.objectContaining({ code: 'in_use', detail })]);
    }
    expect((await server.http.delete('/api/connections/in-use?force=true')).status).toBe(204);
    await Promise.all([remove('uses-many'), remove('uses-sync')]);
    for (const [path] of used.filter((one) => one[0] !== '/api/connections/in-use'))
      expect([path, (await server.http.delete(path)).status]).toEqual([path, 204]);
  });

  it('hold what brings its own cause about, and go on when told', async () => {
    const action = { do: webhook('/loop') };
    const looped = () => receiver.received.filter(({ path }) => path.endsWith('/loop'));
    await put('loop', { on: { event: 'Ping' }, limits: { perPerson: 2 }, ...action });
    for (let n = 0; n < 3; n++) {
      await track('Ping', { n });
      await firings('loop', settled(n + 1));
    }
    const held = (await firings('loop', settled(3))).find(({ state }) => state === 'held');
    expect(held?.reason).toContain('limits.perPerson');
    expect(looped()).toHaveLength(2);
    await server.http.put('/api/triggers/loop', { on: { event: 'Ping' }, limits: { perPerson: 3 }, ...action });
    const { data } = await server.http.post<Fields>('/api/triggers/loop/retry', { state: 'held' });
    expect(data).toEqual({ retried: 1 });
    await firings('loop', (found) => found.every(({ state }) => state === 'sent'));
    expect(looped()).toHaveLength(3);
    await remove('loop');
  });

  it('rest when they fired too often within an hour, and fire as often again once somebody resumes them', async () => {
    await put('often', { on: { event: 'Often' }, limits: { perHour: 2 }, do: webhook('/often') });
    const state = async () => (await server.http.get<Fields>('/api/triggers/often')).data.state;
    const fire = async (sent: number) => {
      await track('Often', { sent });
      await firings('often', (found) => found.filter((one) => one.state === 'sent').length === sent);
    };
    await fire(1);
    await fire(2);
    while ((await state()) !== 'held') await new Promise((resolve) => setTimeout(resolve, 50));
    await server.http.post('/api/triggers/often/resume');
    await fire(3);
    expect(await state()).toBe('active');
    await fire(4);
    while ((await state()) !== 'held') await new Promise((resolve) => setTimeout(resolve, 50));
    await remove('often');
  });

  it('try again what failed, under the same id and with the same body, while others go on', async () => {
    receiver.answer = ({ path }) => ({ status: path.endsWith('/dead') ? 503 : 200 });
    await put('dead', { on: { event: 'Both' }, do: webhook('/dead') });
    await put('live', { on: { event: 'Both' }, do: webhook('/live') });
    await track('Both');
    await firings('live', settled(1));
    await firings('dead', ([firing]) => firing !== undefined && firing.attempts > 0 && firing.reason !== undefined);
    receiver.answer = () => ({ status: 204 });
    expect(await firings('dead', settled(1))).toMatchObject([{ state: 'sent' }]);
    const bodies = receiver.received.filter(({ path }) => path.endsWith('/dead'));
    expect(new Set(bodies.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
    expect(new Set(bodies.map(({ body }) => body)).size).toBe(1);
    await Promise.all([remove('dead'), remove('live')]);
  });

  it('call for others at once while a call of the same trigger hangs', async () => {
    const { opened: released, open: release } = gate();
    receiver.answer = async ({ body }) => {
      if (body.includes('"n":1')) await released;
      return { status: 200 };
    };
    await put('hanging', { on: { event: 'Seen' }, do: webhook() });
    await track('Seen', { n: 1 });
    await receiver.until(1);
    for (const n of [2, 3]) {
      await track('Seen', { n });
      await firings('hanging', (found) => found.filter(({ state }) => state === 'sent').length === n - 1);
    }
    release();
    expect((await firings('hanging', settled(3))).map(({ state }) => state)).toEqual(['sent', 'sent', 'sent']);
    expect(new Set(receiver.received.map(({ headers }) => headers['webhook-id'])).size).toBe(3);
    await remove('hanging');
  });

  it('refuse what they cannot do, with the place', async () => {
    const good = { on: { event: 'X' }, do: webhook() };
    for (const [change, status, detail] of [
      [{ on: {} }, 400, '`on` has exactly one of'],
      [{ on: { event: 'X', where: { field: 'traits.a', is: 'exists' } } }, 400, 'on.where'],
      [{ on: { event: { $gt: '' } } }, 400, '`on.event`'],
      [{ unless: { orders: true } }, 400, 'needs `wait`'],
      [{ wait: '400d' }, 400, 'at most 30 days'],
      [{ on: { entersAudience: 'nobody' } }, 404, 'no audience "nobody"'],
      [{ do: { sync: 'nothing' } }, 404, 'no sync "nothing"'],
      [{ do: { sync: 'collected-events' } }, 400, 'runs all the time'],
      [{ do: { webhook: { url: 'ftp://x' } } }, 400, 'url'],
      [{ do: { handOver: { connection: 'nowhere', object: 'rows' } } }, 404, 'nowhere'],
      [{ $set: 1 }, 400, '$set'],
    ] as const) {
      const { status: got, data } = await server.http.put<Fields>('/api/triggers/bad', { ...good, ...change });
      expect([change, got, data.detail]).toEqual([change, status, expect.stringContaining(detail)]);
    }
    const { data: key } = await server.http.post<{ key: string }>('/api/keys', { name: 'm', role: 'marketer' });
    const headers = { authorization: `Bearer ${key.key}` };
    expect((await server.http.put('/api/triggers/x', good, { headers })).status).toBe(403);
    expect((await server.http.get('/api/triggers', { headers })).status).toBe(200);
  });
});
