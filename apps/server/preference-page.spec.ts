import { randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Settings, Signer, Vault } from '#platform';
import { UnsubscribeLinks, type RequestView } from '#privacy';
import { startTestServer, type TestServer } from './testing/test-server.ts';

describe('the page of an unsubscribe link', () => {
  const masterKey = randomBytes(32).toString('base64');
  let server: TestServer;

  beforeAll(async () => {
    server = await startTestServer({ masterKey });
  });
  afterAll(() => server.close());

  /** Carried out, or so far that rows about the person are refused. */
  async function ask(kind: string, identity: string): Promise<string> {
    const { data } = await server.http.post<RequestView>('/api/privacy/requests', { kind, identity });
    const path = `/api/privacy/requests/${data.id}`;
    while (!['waiting', 'done'].includes((await server.http.get<RequestView>(path)).data.state)) await delay(50);
    return path;
  }
  async function said(identity: string, body: string): Promise<string | undefined> {
    const { data } = await server.http.post<{ url: string }>('/api/privacy/unsubscribe-links', { identity });
    const page = await server.http.post<string>(data.url, body);
    return /role="status">([^<]*)/.exec(page.data)?.[1];
  }
  const wants = 'action=choose&wanted=marketing';

  it('says that a wish stays off of which nothing is kept, as to somebody who is restricted', async () => {
    await ask('erase', 'email:ann@example.com');
    const restricted = await ask('restrict', 'email:bob@example.com');
    const told = await said('email:ann@example.com', wants);
    expect(told).toMatch(/^We may not write to this address about “Offers and news” at present/);
    expect(await said('email:bob@example.com', wants)).toBe(told);
    expect(await said('email:ann@example.com', 'action=unsubscribe')).toBe('Saved. Thank you.');
    await server.http.post(`${restricted}/lift`);
    expect(await said('email:bob@example.com', 'action=unsubscribe')).toBe('Saved. Thank you.');
    expect(await said('email:bob@example.com', wants)).toBe('Saved. Thank you.');
    expect(await said('email:cat@example.com', wants)).toBe('Saved. Thank you.');
  });

  it('opens and takes a refusal by the link of an old mail, whose address would be refused today', async () => {
    const settings = new Settings({ publicUrl: server.url });
    const links = new UnsubscribeLinks(new Vault(masterKey), new Signer(masterKey), settings);
    const { url } = links.make({ identity: 'email:dan@x.com>', channel: 'email', purpose: 'marketing' });
    expect((await server.http.get(url)).status).toBe(200);
    const oneClick = await server.http.post<string>(url, 'List-Unsubscribe=One-Click');
    expect(oneClick.status).toBe(200);
    expect(/role="status">([^<]*)/.exec(oneClick.data)?.[1]).toBe('Saved. Thank you.');
  });
});
