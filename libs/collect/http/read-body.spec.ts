import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { bytesOf, readBody } from './read-body.ts';

describe('the bytes of a request', () => {
  const server = createServer();
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
    expect(await readBody(await arrived)).toEqual({ orderId: '9007199254740993' });
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
    await expect(bytesOf(request, 100)).rejects.toMatchObject({ code: 'bad_request' });
  });

  it('are refused once they are too many', async () => {
    const arrived = arrives();
    const client = open();
    client.write('POST / HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n5\r\nwhole\r\n');
    await expect(bytesOf(await arrived, 4)).rejects.toMatchObject({ code: 'payload_too_large' });
    client.destroy();
  });
});
