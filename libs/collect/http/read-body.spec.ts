import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Admission } from './admission.ts';
import { bytesOf, readBody } from './read-body.ts';

describe('the bytes of a request', () => {
  const server = createServer();
  const take = (): void => undefined;
  const open = () => connect((server.address() as AddressInfo).port, '127.0.0.1');
  const arrives = async (): Promise<IncomingMessage> => {
    const [request] = (await once(server, 'request')) as [IncomingMessage];
    return request;
  };

  beforeAll(async () => {
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
  });
  afterAll(() => void server.close());

  it('are read as JSON in which large ids stay apart', async () => {
    const arrived = arrives();
    const body = '{"orderId":9007199254740993}';
    open().end(`POST / HTTP/1.1\r\nhost: x\r\ncontent-length: ${body.length}\r\n\r\n${body}`);
    expect(await readBody(await arrived, { take })).toEqual({ orderId: '9007199254740993' });
  });

  it.each([
    ['whose body is not complete', 'par'],
    ['whose body has come', 'whole'],
  ])('are not waited for where the client has left meanwhile, %s', async (_, body) => {
    const arrived = arrives();
    const client = open();
    client.write(`POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 5\r\n\r\n${body}`);
    const request = await arrived;
    const closed = new Promise((resolve) => request.once('close', resolve));
    client.resetAndDestroy();
    await closed;
    await expect(bytesOf(request, { most: 100, take })).rejects.toMatchObject({ code: 'bad_request' });
  });

  it('are read where they came while the process itself stood still', async () => {
    const patience = { idle: 30, whole: 60_000 };
    const arrived = arrives();
    const client = open();
    client.write('POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 5\r\n\r\n');
    const body = bytesOf(await arrived, { most: 100, take, patience });
    client.write('whole');
    const until = performance.now() + 2 * patience.idle;
    while (performance.now() < until);
    expect((await body).toString()).toBe('whole');
    client.destroy();
  });

  it('are refused once they are too many', async () => {
    const arrived = arrives();
    const client = open();
    client.write('POST / HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n5\r\nwhole\r\n');
    await expect(bytesOf(await arrived, { most: 4, take })).rejects.toMatchObject({ code: 'payload_too_large' });
    client.destroy();
  });

  it('are refused once too much of other requests is in memory', async () => {
    const admission = new Admission({ requests: 2, bytes: 8 });
    const [one, other] = [admission.enter(), admission.enter()];
    one.take(4);
    const arrived = arrives();
    const client = open();
    client.write('POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 5\r\n\r\nwhole');
    await expect(bytesOf(await arrived, { most: 100, ...other })).rejects.toMatchObject({ code: 'rate_limited' });
    client.destroy();
    one.leave();
    other.take(8);
  });

  it.each([
    ['of which nothing more comes', { idle: 30, whole: 60_000 }, []],
    ['that come a little at a time', { idle: 60_000, whole: 0 }, ['a', 'b']],
  ])('are not waited for any longer, %s', async (_, patience, pieces) => {
    const arrived = arrives();
    const client = open();
    client.write('POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\n');
    const body = bytesOf(await arrived, { most: 100, take, patience });
    for (const piece of pieces) client.write(piece);
    await expect(body).rejects.toMatchObject({ code: 'timeout' });
    client.destroy();
  });
});
