import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import type { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from '@jest/globals';
import { MillraceError, type HttpSettings } from '@millrace/sdk';
import { Network } from './network.ts';

const open: { servers: Server[]; networks: Network[] } = { servers: [], networks: [] };

afterEach(async () => {
  for (const network of open.networks.splice(0)) network.onApplicationShutdown();
  for (const server of open.servers.splice(0)) {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  }
});

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  open.servers.push(server);
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function network(allowPrivateAddresses = true): Network {
  const made = new Network({ allowPrivateAddresses });
  open.networks.push(made);
  return made;
}

function client(baseURL: string, settings: HttpSettings = {}) {
  return network().http({ baseURL, ...settings });
}

function json(response: ServerResponse, body: unknown, status = 200, headers: Record<string, string> = {}): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
}

/** Answers the listed statuses first, then 200; counts the requests. */
function failing(...answers: { status: number; headers?: Record<string, string> }[]) {
  const seen: string[] = [];
  const listener = (request: IncomingMessage, response: ServerResponse) => {
    seen.push(`${request.method} ${request.url}`);
    const next = answers[seen.length - 1] ?? { status: 200 };
    json(response, { message: 'said by the server' }, next.status, next.headers);
  };
  return { seen, listener };
}

async function errorOf(promise: Promise<unknown>): Promise<MillraceError> {
  const error: unknown = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof MillraceError)) throw new Error(`expected a MillraceError, got ${String(error)}`);
  return error;
}

describe('Network.http', () => {
  it('sends the settings of the connection, and reads JSON', async () => {
    const url = await serve((request, response) =>
      json(response, { url: request.url, key: request.headers['x-api-key'], auth: request.headers.authorization }),
    );
    const http = client(`${url}/v1`, {
      headers: { 'x-api-key': 'k' },
      params: { site: '7' },
      auth: { username: 'u', password: 'p' },
    });
    const { data } = await http.get<unknown>('/people', { params: { page: 2 } });
    expect(data).toEqual({ url: '/v1/people?site=7&page=2', key: 'k', auth: 'Basic dTpw' });
  });

  it.each([
    [401, 'authentication_failed'],
    [403, 'permission_denied'],
    [404, 'remote_rejected'],
    [422, 'remote_rejected'],
    [429, 'rate_limited'],
    [500, 'remote_error'],
    [408, 'timeout'],
    [304, 'invalid_response'],
  ])('turns status %i into %s, naming host and status', async (status, code) => {
    const url = await serve((_, response) => json(response, { message: 'no' }, status));
    const error = await errorOf(client(url, { retries: 0 }).get('/x?email=ann@example.com'));
    expect(error.code).toBe(code);
    expect(error.message).toContain(`${new URL(url).host} answered ${status} to GET`);
    expect(error.message).not.toContain('ann@');
    expect(error.details).toEqual({ host: new URL(url).host, status });
  });

  it('leaves to the caller which statuses are wanted', async () => {
    const url = await serve((_, response) => json(response, { gone: true }, 404));
    const { status, data } = await client(url).get<unknown>('/x', { validateStatus: (code) => code === 404 });
    expect({ status, data }).toEqual({ status: 404, data: { gone: true } });
  });

  it('keeps credentials out of messages even when the other side repeats them', async () => {
    const url = await serve((request, response) =>
      json(response, { error: { message: `bad key ${request.headers.authorization} in ${request.url}` } }, 400),
    );
    const http = client(url, { headers: { authorization: 'Bearer s3cr3t-token' }, params: { api: 'other-secret' } });
    const error = await errorOf(http.get('/x'));
    expect(error.message).toContain('bad key');
    expect(JSON.stringify([error.message, error.stack, error.details, error.cause])).not.toMatch(/s3cr3t|other-secret/);
  });

  it('keeps integers exact that numbers cannot hold, in what it parses', async () => {
    const text = '{"id":9007199254740993,"n":7}';
    const url = await serve((_, response) => void response.end(text));
    const parsed = { id: '9007199254740993', n: 7 };
    expect((await client(url).get('/')).data).toEqual(parsed);
    expect((await client(url).get('/', { responseType: 'json' })).data).toEqual(parsed);
    expect((await client(url).get('/', { responseType: 'text' })).data).toBe(text);
  });

  it('names the host that failed: the one that a redirect led to, and that it broke off', async () => {
    const gone = await serve(() => undefined);
    const from = await serve((_, response) => void response.writeHead(302, { location: `${gone}/x` }).end());
    const server = open.servers.shift();
    server?.close();
    await expect(client(from, { retries: 0 }).get('/')).rejects.toMatchObject({
      code: 'unreachable',
      message: expect.stringContaining(`${new URL(gone).host} cannot be reached (ECONNREFUSED)`) as unknown,
    });
    const half = await serve((_, response) => {
      response.writeHead(200, { 'content-length': '100' });
      response.write('half', () => response.destroy());
    });
    await expect(client(half, { retries: 0 }).get('/')).rejects.toMatchObject({
      code: 'unreachable',
      retryable: true,
      message: expect.stringContaining('broke off in the middle of its answer') as unknown,
    });
  });

  it('says what is wrong with an answer that is not JSON', async () => {
    const url = await serve((_, response) => response.end('<html>'));
    expect((await errorOf(client(url).get('/x', { responseType: 'json' }))).code).toBe('invalid_response');
  });

  it('stops reading what is too large, also when it is compressed', async () => {
    const body = gzipSync(JSON.stringify('x'.repeat(100_000)));
    const url = await serve((_, response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end(body));
    const error = await errorOf(client(url, { maxBytes: 10_000 }).get('/x'));
    expect(error.code).toBe('response_too_large');
  });

  it('tells an unreachable host', async () => {
    const url = await serve(() => undefined);
    for (const server of open.servers.splice(0)) server.close();
    expect((await errorOf(client(url, { retries: 0 }).get('/x'))).code).toBe('unreachable');
    expect((await errorOf(client('http://nowhere.invalid').get('/x'))).code).toBe('unreachable');
    expect((await errorOf(network().http({}).get('/x'))).code).toBe('bad_request');
  });

  it('gives up when an answer begins in time and never ends', async () => {
    const url = await serve((_, response) => response.writeHead(200).write('{"half":'));
    const error = await errorOf(client(url, { timeout: 80, retries: 0 }).get('/x'));
    expect(error.code).toBe('timeout');
  });

  it('reuses connections over all clients', async () => {
    const ports = new Set<number | undefined>();
    const url = await serve((request, response) => {
      ports.add(request.socket.remotePort);
      json(response, {});
    });
    const shared = network();
    for (let round = 0; round < 5; round++) await shared.http({ baseURL: url }).get('/');
    expect(ports.size).toBe(1);
  });

  it('asks anew where the server was closing the connection, unless that may change something', async () => {
    const used = new WeakSet<object>();
    const url = await serve(({ socket }, response) => {
      if (used.has(socket)) return void socket.resetAndDestroy();
      used.add(socket);
      json(response, {});
    });
    const http = client(url, { retries: 0 });
    for (let round = 0; round < 3; round++) expect((await http.get('/')).status).toBe(200);
    expect((await errorOf(http.post('/', {}))).code).toBe('unreachable');
  });

  it('does not use proxies of the environment', async () => {
    const url = await serve((_, response) => json(response, { direct: true }));
    const before = process.env.http_proxy;
    process.env.http_proxy = 'http://127.0.0.1:9';
    try {
      expect((await client(url).get('/')).data).toEqual({ direct: true });
    } finally {
      if (before === undefined) delete process.env.http_proxy;
      else process.env.http_proxy = before;
    }
  });
});

describe('Network.http: streamed answers', () => {
  const read = async (body: Readable) => {
    let text = '';
    for await (const chunk of body) text += String(chunk);
    return text;
  };

  it('gives the bytes as they come, without a limit unless one is set', async () => {
    const url = await serve((_, response) => response.end('x'.repeat(300_000)));
    const { data } = await client(url).get<Readable>('/', { responseType: 'stream' });
    expect(await read(data)).toHaveLength(300_000);
    const limited = await client(url, { maxBytes: 1000 }).get<Readable>('/', { responseType: 'stream' });
    expect((await errorOf(read(limited.data))).code).toBe('response_too_large');
  });

  it('fails when the other side falls silent or breaks off', async () => {
    const silent = await serve((_, response) => response.writeHead(200).write('a'));
    const stuck = client(silent, { timeout: 80 }).get<Readable>('/', { responseType: 'stream' });
    expect((await errorOf(stuck.then(({ data }) => read(data)))).code).toBe('timeout'); // its head may take as long
    const broken = await serve((_, response) => {
      response.writeHead(200, { 'content-length': '10' }).write('abc', () => response.destroy());
    });
    const cut = await client(broken).get<Readable>('/', { responseType: 'stream' });
    expect((await errorOf(read(cut.data))).code).toBe('unreachable');
  });

  it('reads the reason of an error', async () => {
    const url = await serve((_, response) => json(response, { message: 'no such export' }, 404));
    const error = await errorOf(client(url).get('/', { responseType: 'stream' }));
    expect(error.message).toContain('no such export');
  });
});

describe('Network.http: repeating', () => {
  it('repeats what reads or replaces, and takes its turn each time', async () => {
    const { seen, listener } = failing({ status: 500 }, { status: 503, headers: { 'retry-after': '0' } });
    const url = await serve(listener);
    let turns = 0;
    const http = network().http({ baseURL: url }, { take: async () => void turns++ });
    await http.put('/thing', { a: 1 });
    expect(seen).toEqual(['PUT /thing', 'PUT /thing', 'PUT /thing']);
    expect(turns).toBe(3);
  });

  it('repeats a POST only where the other side did nothing', async () => {
    const refused = failing(...[429, 503, 403].map((status) => ({ status, headers: { 'retry-after': '0' } })));
    await client(await serve(refused.listener)).post('/x', {});
    expect(refused.seen).toHaveLength(4);
    const failed = failing({ status: 500 });
    expect((await errorOf(client(await serve(failed.listener)).post('/x', {}))).code).toBe('remote_error');
    expect(failed.seen).toHaveLength(1);
  });

  it('does not wait for longer than a minute, but says how long', async () => {
    const { seen, listener } = failing({ status: 429, headers: { 'retry-after': '120' } });
    const error = await errorOf(client(await serve(listener)).get('/x'));
    expect(error).toMatchObject({ code: 'rate_limited', retryAfter: 120_000, retryable: true });
    expect(seen).toHaveLength(1);
    const usedUp = { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '120' };
    const limited = await errorOf(client(await serve(failing({ status: 403, headers: usedUp }).listener)).get('/x'));
    expect(limited).toMatchObject({ code: 'rate_limited', retryAfter: 120_000 });
  });

  it('gives up after the configured number', async () => {
    const answers = Array.from({ length: 9 }, () => ({ status: 429, headers: { 'retry-after': '0' } }));
    const { seen, listener } = failing(...answers);
    expect((await errorOf(client(await serve(listener), { retries: 2 }).get('/x'))).code).toBe('rate_limited');
    expect(seen).toHaveLength(3);
  });

  it('ends at once when its signal does, also while it waits', async () => {
    const { seen, listener } = failing({ status: 429, headers: { 'retry-after': '50' } });
    const cancel = new AbortController();
    const http = network().http(
      { baseURL: await serve(listener) },
      { signal: cancel.signal, log: abortsOnRepeat(cancel) },
    );
    expect((await errorOf(http.get('/x'))).code).toBe('run_cancelled');
    expect(seen).toHaveLength(1);
    expect((await errorOf(http.get('/x'))).code).toBe('run_cancelled');
    expect(seen).toHaveLength(1);
  });

  function abortsOnRepeat(cancel: AbortController) {
    const none = () => undefined;
    const debug = () => void setImmediate(() => cancel.abort(new MillraceError('run_cancelled', 'Cancelled.')));
    return { debug, info: none, warn: none, error: none };
  }
});

describe('Network.http: redirects and other origins', () => {
  it('follows within an origin with everything, across origins without credentials', async () => {
    const headersSeen: unknown[] = [];
    const stranger = await serve((request, response) => {
      headersSeen.push(request.headers.authorization, request.headers['x-api-key'], request.headers.accept);
      json(response, { method: request.method });
    });
    const home = await serve((request, response) => {
      const to = request.url === '/a' ? '/b' : `${stranger}/c`;
      headersSeen.push(request.headers.authorization);
      response.writeHead(302, { location: to }).end();
    });
    const http = client(home, { headers: { authorization: 'Bearer abc', 'x-api-key': 'key' } });
    expect((await http.get('/a', { headers: { accept: 'text/x' } })).data).toEqual({ method: 'GET' });
    expect(headersSeen).toEqual(['Bearer abc', 'Bearer abc', undefined, undefined, 'text/x']);
  });

  it('keeps method and body on 307 and 308, turns POST into GET on 303', async () => {
    const url = await serve((request, response) => {
      if (request.url !== '/end') response.writeHead(Number(request.url?.slice(1)), { location: '/end' }).end();
      else
        request
          .on('data', () => undefined)
          .on('end', () => json(response, `${request.method} ${request.headers['content-length']}`));
    });
    const http = client(url);
    expect((await http.post('/308', { a: 1 })).data).toBe('POST 7');
    expect((await http.post('/303', { a: 1 })).data).toBe('GET undefined');
    expect((await http.post('/302', { a: 1 })).data).toBe('GET undefined');
  });

  it('gives up on circles', async () => {
    const url = await serve((_, response) => response.writeHead(302, { location: '/' }).end());
    expect((await errorOf(client(url).get('/'))).message).toContain('more than 5 times');
  });

  it('does not carry credentials to an absolute address elsewhere, such as a hostile next link', async () => {
    const elsewhere = await serve((request, response) =>
      json(response, { headers: request.headers, url: request.url }),
    );
    const http = client('http://127.0.0.1:1', {
      headers: { authorization: 'Bearer abc', 'x-api-key': 'key' },
      params: { token: 'secret-token' },
    });
    const { data } = await http.get<unknown>(`${elsewhere}/next?page=2`);
    expect(JSON.stringify(data)).not.toMatch(/Bearer|"key"|secret-token/);
    expect(data).toMatchObject({ url: '/next?page=2' });
  });
});

describe('Network: the guard of private addresses', () => {
  it.each([
    'http://127.0.0.1/',
    'http://2130706433/',
    'http://0177.0.0.1/',
    'http://0x7f.1/',
    'http://127.0.0.1./',
    'http://0.0.0.0/',
    'http://[::1]/',
    'http://[::ffff:10.0.0.1]/',
    'http://[::127.0.0.1]/',
    'http://[64:ff9b::a00:1]/',
    'http://[2002:7f00:1::]/',
    'http://169.254.169.254/latest/meta-data',
    'http://[fd00:ec2::254]/',
    'http://168.63.129.16/',
    'http://localhost/',
    'file:///etc/passwd',
    'data:text/plain,x',
  ])('refuses %s', async (url) => {
    expect((await errorOf(network(false).http({}).get(url))).code).toBe('address_not_allowed');
  });

  it('refuses a name that leads inside, and a redirect there', async () => {
    const port = new URL(await serve((_, response) => response.end())).port;
    const lookup = ((_host, options, done) =>
      options.all ? done(null, [{ address: '127.0.0.1', family: 4 }]) : done(null, '127.0.0.1', 4)) as NonNullable<
      ConstructorParameters<typeof Network>[0]['lookup']
    >;
    // The one public name of this test leads to the test server; everything else goes by the rules.
    const redirecting = await serve((_, response) =>
      response.writeHead(302, { location: `http://127.0.0.1:${port}/` }).end(),
    );
    const inside = new Network({ allowPrivateAddresses: false, lookup });
    open.networks.push(inside);
    const error = await errorOf(inside.http({}).get(`http://public.test:${new URL(redirecting).port}/`));
    expect(error.code).toBe('address_not_allowed');
  });

  it('guards raw sockets too', async () => {
    expect(() => network(false).connect({ host: '10.1.2.3', port: 5432 })).toThrow(/private network/);
    const socket = network(false).connect({ host: 'localhost', port: 5432 });
    const [error] = (await once(socket, 'error')) as [MillraceError];
    expect(error.code).toBe('address_not_allowed');
  });

  it('connects a raw socket once, whatever its driver does', async () => {
    const url = new URL(await serve((_, response) => response.end()));
    const socket = network().connect({ host: url.hostname, port: Number(url.port) });
    socket.connect(1, 'elsewhere.invalid');
    await once(socket, 'connect');
    expect(socket.remotePort).toBe(Number(url.port));
    socket.destroy();
  });
});
