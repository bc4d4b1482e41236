import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { recordedHttp } from './recorded-http.ts';

describe('recordedHttp', () => {
  const secret = 'very/secret value';
  let server: Server;
  let baseURL: string;
  let folder: string;

  beforeAll(async () => {
    let count = 0;
    let isBusy = true;
    server = createServer((request, response) => {
      if (request.url?.startsWith('/missing')) response.statusCode = 404;
      if (request.url === '/bytes') return void response.end(Buffer.from([0, 255, 254]));
      response.setHeader('content-type', 'application/json');
      if (request.url === '/say') return void request.pipe(response);
      if (request.url === '/busy') {
        if (isBusy) response.writeHead(429, { 'retry-after': '0' });
        isBusy = false;
        return void response.end('{"id":9007199254740993}');
      }
      response.setHeader('set-cookie', 'session=abc');
      response.end(JSON.stringify({ url: request.url, count: ++count, echo: secret, access_token: 'issued-token' }));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    baseURL = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    folder = await mkdtemp(join(tmpdir(), 'millrace-fixtures-'));
  });

  afterAll(async () => {
    await new Promise((resolve) => server.close(resolve));
    await rm(folder, { recursive: true });
  });

  const client = (file: string, mode: 'record' | 'replay') =>
    recordedHttp(join(folder, file), {
      mode,
      secrets: [secret],
      settings: { baseURL, headers: { authorization: `Bearer ${secret}` } },
    });

  it('replays what it recorded: order, parameters, bodies, bytes, failures', async () => {
    const use = async (mode: 'record' | 'replay') => {
      const http = client('all.json', mode);
      const get = async (url: string) => (await http.get<{ count: number }>(url)).data.count;
      const bytes = await http.get<Buffer>('/bytes', { responseType: 'arraybuffer' });
      return {
        counts: [await get('/a'), await get('/a'), await get('/b?y=2&x=1')],
        posted: (await http.post<{ count: number }>('/c', { name: 'Ann' })).data.count,
        bytes: [...bytes.data],
        missing: await http.get('/missing').catch((error: { code: string }) => error.code),
      };
    };
    const recorded = await use('record');
    const replayed = await use('replay');
    expect(replayed).toEqual(recorded);
    expect(recorded).toMatchObject({ counts: [1, 2, 3], bytes: [0, 255, 254], missing: 'remote_rejected' });
  });

  it('waits where it is asked to, and records what came then', async () => {
    const http = client('busy.json', 'record');
    expect((await http.get<{ id: string }>('/busy')).data.id).toBe('9007199254740993');
    const stored = await readFile(join(folder, 'busy.json'), 'utf8');
    expect(stored).toContain('"9007199254740993"'); // as the client gives it
    expect(stored.match(/"status": ?\d+/g)).toEqual(['"status": 200']);
  });

  it('stores no secret', async () => {
    await client('secret.json', 'record').post(`/d?token=${encodeURIComponent(secret)}`, {
      password: 'other',
      text: secret,
    });
    const stored = await readFile(join(folder, 'secret.json'), 'utf8');
    expect(stored).toContain('<secret>');
    for (const hidden of [secret, encodeURIComponent(secret), 'issued-token', 'session=abc', '"other"'])
      expect(stored).not.toContain(hidden);
    await expect(
      client('secret.json', 'replay').post(`/d?token=${encodeURIComponent(secret)}`, {
        password: 'other',
        text: secret,
      }),
    ).resolves.toMatchObject({ status: 200 });
  });

  it.each(['token', 'secret', 'data.jwt', 'sessionId', 'signing_secret', 'authToken', 'private-key'])(
    'stores no %s that an answer gives, wherever it stands again',
    async (path) => {
      const issued = 'live-123456';
      const [field, within] = path.split('.');
      const given = JSON.stringify({
        [field ?? '']: within === undefined ? issued : { [within]: issued },
        next_token: 'p2',
      });
      const file = `${path}.json`;
      const http = client(file, 'record');
      await http.post('/say', given, { headers: { 'content-type': 'application/json' } });
      await http.get(`/e?x=${issued}`);
      const stored = await readFile(join(folder, file), 'utf8');
      expect(stored).not.toContain(issued);
      expect(stored).toContain('p2');
    },
  );

  it('says what is missing', async () => {
    await client('one.json', 'record').get('/one');
    await expect(client('one.json', 'replay').get('/two')).rejects.toThrow(
      /no answer to GET .*\/two\. It has: GET .*\/one\. Record it again with MILLRACE_RECORD=1/,
    );
    await expect(client('none.json', 'replay').get('/two')).rejects.toThrow(/no fixture .*MILLRACE_RECORD=1/);
  });
});
