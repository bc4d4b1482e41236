import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Readable } from 'node:stream';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { afterAll, afterEach, describe, expect, it } from '@jest/globals';
import type { HttpClient } from '@millrace/sdk';
import { Network } from './network.ts';

const text = 'row\n'.repeat(10_000) + 'the end';
const brokenOff = {
  ...{ code: 'unreachable', retryable: true },
  message: expect.stringContaining('broke off in the middle of its answer') as unknown,
};

describe('an answer is there as a whole, or an error', () => {
  const network = new Network({ allowPrivateAddresses: true });
  const servers: Server[] = [];

  afterEach(() => {
    for (const server of servers.splice(0)) server.close().closeAllConnections();
  });

  afterAll(() => network.onApplicationShutdown());

  async function answers(listener: RequestListener): Promise<HttpClient> {
    const server = createServer(listener).listen(0, '127.0.0.1');
    servers.push(server);
    await once(server, 'listening');
    return network.http({ baseURL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, retries: 0 });
  }

  const whole = (http: HttpClient) => http.get<string>('/').then(({ data }) => data);
  const streamed = async (http: HttpClient): Promise<string> => {
    const { data } = await http.get<Readable>('/', { responseType: 'stream' });
    return Buffer.concat(await data.toArray()).toString();
  };

  describe.each([
    ['gzip', gzipSync(text)],
    ['X-GZIP', gzipSync(text)],
    ['br', brotliCompressSync(text)],
  ])('packed as %s', (encoding, packed) => {
    const sends = (body: Buffer) =>
      answers((_, response) => response.writeHead(200, { 'content-encoding': encoding }).end(body));

    it.each([
      ['at once', whole],
      ['streamed', streamed],
    ])('%s', async (_, read) => {
      expect(await read(await sends(packed))).toBe(text);
      expect(await read(await sends(Buffer.alloc(0)))).toBe('');
      await expect(read(await sends(packed.subarray(0, packed.length / 2)))).rejects.toMatchObject(brokenOff);
      await expect(read(await sends(packed.subarray(0, -1)))).rejects.toMatchObject(brokenOff);
      await expect(read(await sends(Buffer.from('{"not":"packed"}')))).rejects.toMatchObject({
        code: 'unreachable',
        message: expect.stringContaining('compressed data that is damaged') as unknown,
      });
    });
  });

  it.each([
    ['plain', {}, Buffer.from(text)],
    ['packed', { 'content-encoding': 'gzip' }, gzipSync(text)],
  ])('a connection that breaks off %s was reached', async (_, headers, body) => {
    const http = await answers((_, response) => {
      response.writeHead(200, { ...headers, 'content-length': body.length }).write(body.subarray(0, -1));
      response.socket?.end();
    });
    await expect(whole(http)).rejects.toMatchObject(brokenOff);
    await expect(streamed(http)).rejects.toMatchObject(brokenOff);
  });

  describe('a part that nobody asked for (206)', () => {
    const answersPart = (contentRange: string) =>
      answers((_, response) => response.writeHead(206, { 'content-range': contentRange }).end(text));

    it.each(['bytes 0-40006/99999', 'bytes 0-40006/*', 'bytes 7-40006/40007', 'Bytes */99999'])(
      'is refused: %s',
      async (range) => {
        const http = await answersPart(range);
        const refused = { code: 'invalid_response', message: expect.stringContaining(range) as unknown };
        await expect(whole(http)).rejects.toMatchObject(refused);
        await expect(streamed(http)).rejects.toMatchObject(refused);
      },
    );

    it.each([
      ['all the same', 'bytes 0-40006/40007'],
      ['an API that pages by it', '0-24/3573'],
      ['an API that pages by it', 'items 0-24/3573'],
    ])('is read where it is %s: %s', async (_, range) => {
      expect(await whole(await answersPart(range))).toBe(text);
    });

    it('is read where somebody asked for it', async () => {
      const http = await answersPart('bytes 0-40006/99999');
      expect((await http.get<string>('/', { headers: { Range: 'bytes=0-40006' } })).data).toBe(text);
    });
  });

  it('asks for no packing that it does not unpack', async () => {
    const http = await answers(({ headers }, response) => response.end(headers['accept-encoding']));
    expect(await whole(http)).toBe('gzip, br');
  });
});
