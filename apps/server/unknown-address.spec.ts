import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { freePort } from '#tools/services';
import { startTestServer, type TestServer } from './testing/test-server.ts';

const browser = 'text/html,application/xhtml+xml,application/xml;q=0.9,image/webp,*/*;q=0.8';

describe('an address that leads nowhere', () => {
  let server: TestServer;
  let origin: string;
  beforeAll(async () => {
    const port = await freePort();
    origin = `http://127.0.0.1:${port}`;
    server = await startTestServer({ port, publicUrl: 'https://shop.example/millrace/' });
  });
  afterAll(() => server.close());

  const get = (path: string, accept: string) => server.http.get<unknown>(origin + path, { headers: { accept } });

  it('is a page for a person, which says where to go and runs nothing', async () => {
    const { status, headers, data } = await get('/studios/<b>', browser);
    expect([status, headers['content-type']]).toEqual([404, 'text/html; charset=utf-8']);
    expect(headers['content-security-policy']).toMatch(/^default-src 'none'; style-src 'sha256-/);
    expect(headers.vary).toContain('Accept');
    expect(data).toContain('There is nothing at this address');
    expect(data).toContain('<a href="/millrace/">Open the console</a>');
    expect(data).toContain('<a href="/millrace/people">People</a>');
    expect(data).not.toMatch(/<script|<b>/);
  });

  it('is a page, too, where it cannot be read', async () => {
    const { status, data } = await get('/studio/%zz', browser);
    expect([status, data]).toEqual([404, expect.stringContaining('There is nothing at this address')]);
    expect((await get('/studio/%zz', '*/*')).data).toMatchObject({ code: 'bad_request' });
  });

  it.each([
    ['/nowhere', '*/*'],
    ['/nowhere', 'application/json'],
    ['/nowhere', 'application/json, text/html;q=0.5'],
    ['/api/nowhere', browser],
    ['/API/nowhere', browser],
    ['/api', browser],
    ['/console/gone.js', '*/*'],
  ])('is told to programs as any other error: %s, %s', async (path, accept) => {
    const { status, headers, data } = await get(path, accept);
    expect([status, headers['content-type']]).toEqual([404, 'application/problem+json; charset=utf-8']);
    expect(data).toMatchObject({ code: 'not_found' });
  });

  it('is no page for whoever wants to change something', async () => {
    const { data } = await server.http.post<unknown>(`${origin}/nowhere`, {}, { headers: { accept: browser } });
    expect(data).toMatchObject({ code: 'not_found' });
  });
});

describe('a process that only collects', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startTestServer({ processes: ['collector'] });
  });
  afterAll(() => server.close());

  it('sends nobody to a console that it does not have', async () => {
    const page = await server.http.get<string>('/studio', { headers: { accept: browser } });
    expect([page.status, page.headers['content-type']]).toEqual([404, 'text/html; charset=utf-8']);
    expect(page.data).not.toContain('<a ');
    expect((await server.http.get<unknown>('/api/profiles')).data).toMatchObject({
      code: 'not_found',
      detail: expect.stringContaining('MILLRACE_PROCESSES'),
    });
  });
});
