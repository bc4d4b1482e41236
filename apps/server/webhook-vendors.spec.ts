import { createHmac } from 'node:crypto';
import { Agent } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import axios from 'axios';
import { CloudEvent, emitterFor, httpTransport, Mode } from 'cloudevents';
import { fakeVendor, type FakeVendor, type VendorAnswer, type VendorRequest } from '@millrace/sdk/testing';
import { startTestServer, type TestServer } from './testing/test-server.ts';

interface DeliveryView {
  id: string;
  deliveryId: string;
  notUnderstood?: object;
}

describe('webhooks of vendors, the whole way', () => {
  let server: TestServer;
  const sender = axios.create({ validateStatus: () => true, proxy: false });

  beforeAll(async () => {
    server = await startTestServer();
  });
  afterAll(() => server.close());

  async function connect(connector: string, config: object): Promise<string> {
    const { status, data } = await server.http.put<{ id: string }>(`/api/connections/${connector}`, {
      connector,
      config,
    });
    expect(status).toBe(201);
    return data.id;
  }

  const deliveries = async (connection: string): Promise<DeliveryView[]> =>
    (await server.http.get<{ data: DeliveryView[] }>(`/api/connections/${connection}/hook/deliveries`)).data.data;

  it('takes what the SDK of CloudEvents sends: structured, binary, and batches; repeats once', async () => {
    const token = 'token-0123456789abcdef';
    await connect('cloudevents', { tokens: [token] });
    const url = `${server.url}/hooks/cloudevents`;
    const headers = { authorization: `Bearer ${token}` };
    const agent = new Agent({ keepAlive: false }); // the SDK does not send again what an idle connection has lost
    const event = (id: string): CloudEvent<object> =>
      new CloudEvent({
        id,
        type: 'order.created',
        source: '/shop',
        subject: 'Größe',
        data: { email: 'ann@x.com', n: 1 },
      });
    for (const mode of [Mode.STRUCTURED, Mode.BINARY]) {
      const emit = emitterFor(httpTransport(url), { mode });
      for (const id of [mode, mode]) await emit(event(id), { headers, agent });
    }
    const batch = JSON.stringify([event('b1'), event('b2')]);
    const type = 'application/cloudevents-batch+json';
    const sent = await sender.post(url, batch, { headers: { ...headers, 'content-type': type } });
    expect(sent.status).toBe(200);
    expect((await sender.post(url, batch, { headers: { 'content-type': type } })).status).toBe(401);
    const found = await deliveries('cloudevents');
    expect(found.map(({ deliveryId }) => deliveryId).sort()).toEqual(
      ['b1', 'b2', 'binary', 'structured'].map((id) => JSON.stringify(['/shop', id])),
    );
    expect(found.filter(({ notUnderstood }) => notUnderstood)).toEqual([]);
    const { data: whole } = await server.http.get<{ headers: Record<string, string> }>(
      `/api/connections/cloudevents/hook/deliveries/${found[0]?.id}`,
    );
    expect(JSON.stringify(whole)).not.toContain(token);
    const validation = { 'webhook-request-origin': 'emitter.example.com', 'webhook-request-rate': '120' };
    const answer = await sender.options(url, { headers: validation });
    expect([answer.status, answer.headers['webhook-allowed-origin'], answer.headers['webhook-allowed-rate']]).toEqual([
      200,
      '*',
      '6000',
    ]);
  });

  it('takes what HubSpot signs over the public address, each message for itself', async () => {
    await connect('hubspot', { clientSecrets: ['hush-hush'] });
    const event = { subscriptionType: 'contact.creation', objectId: 17, eventId: 1, occurredAt: 1_700_000_000_000 };
    const deliver = async (attemptNumber: number, path: string): Promise<number> => {
      const body = JSON.stringify([
        { ...event, attemptNumber },
        { ...event, objectId: 18, attemptNumber },
      ]);
      const timestamp = String(Date.now());
      const signed = createHmac('sha256', 'hush-hush').update(`POST${server.url}${path}${body}${timestamp}`);
      const headers = {
        'content-type': 'application/json',
        'x-hubspot-request-timestamp': timestamp,
        'x-hubspot-signature-v3': signed.digest('base64'),
      };
      return (await sender.post(`${server.url}${path}`, body, { headers })).status;
    };
    expect(await deliver(0, '/hooks/hubspot?from=crm')).toBe(200);
    expect(await deliver(1, '/hooks/hubspot')).toBe(200);
    expect(await deliveries('hubspot')).toHaveLength(2);
  });

  describe('registering by REST', () => {
    let vendor: FakeVendor;
    let hooks: { id: number; active: boolean; events: string[]; config: { url: string; secret: string } }[] = [];

    function answer({ method, body }: VendorRequest): VendorAnswer {
      if (method === 'GET') return { body: hooks };
      if (method === 'DELETE') hooks = [];
      if (method === 'POST') hooks.push({ ...(body as (typeof hooks)[0]), id: 1 });
      return method === 'DELETE' ? { status: 204 } : { body: {} };
    }

    beforeAll(async () => {
      vendor = await fakeVendor(answer);
    });
    afterAll(() => vendor.close());

    const hook = '/api/connections/github/hook';

    it('stores the secret in the vault, is told by the vendor, and is taken back', async () => {
      const id = await connect('github', { apiUrl: vendor.url, token: 'ghp_1', scope: 'o/r' });
      const registered = await server.http.post<object>(`${hook}/register`);
      const url = `${server.url}/hooks/${id}`;
      expect(registered.data).toMatchObject({
        url,
        registration: { supported: true, state: 'registered', url, topics: ['*'] },
      });
      const { data: connection } = await server.http.get<{ secretsSet: string[] }>('/api/connections/github');
      expect(connection.secretsSet).toEqual(['signingSecrets', 'token']);

      const secret = hooks[0]?.config.secret ?? '';
      expect(JSON.stringify([registered.data, connection])).not.toContain(secret);
      const body = '{"action":"opened","sender":{"login":"ann"}}';
      const headers = {
        'content-type': 'application/json',
        'x-github-event': 'issues',
        'x-github-delivery': 'd-1',
        'x-hub-signature-256': `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`,
      };
      expect((await sender.post(hooks[0]?.config.url ?? '', body, { headers })).status).toBe(200);

      const refused = await server.http.delete<{ code: string }>('/api/connections/github');
      expect([refused.status, refused.data.code]).toEqual([409, 'connection_in_use']);
      hooks = hooks.map((one) => ({ ...one, active: false }));
      expect((await server.http.get<object>(hook)).data).toMatchObject({ registration: { state: 'disabled' } });
      expect((await server.http.delete(hook)).status).toBe(204);
      expect((await server.http.get<object>(hook)).data).toMatchObject({ registration: { state: 'none' } });
      expect((await server.http.delete('/api/connections/github')).status).toBe(204);
    });

    it('says when a vendor does not answer, and which connector cannot register', async () => {
      await connect('github', { apiUrl: vendor.url, token: 'ghp_1', scope: 'o/r' });
      await server.http.post(`${hook}/register`);
      await server.http.patch('/api/connections/github', {
        config: { apiUrl: 'http://127.0.0.1:9', token: 'ghp_1', signingSecrets: ['12345678'] },
      });
      expect((await server.http.get<object>(hook)).data).toMatchObject({ registration: { state: 'unknown' } });
      expect((await server.http.post('/api/connections/cloudevents/hook/register')).status).toBe(409);
      expect((await server.http.get('/api/connections/nobody/hook')).status).toBe(404);
      expect((await server.http.get('/api/connections/profiles/hook')).status).toBe(404);
    });
  });
});
