import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { startReceiver, type Receiver } from '#tools/testing';
import { Network } from './network.ts';

describe('traces of outgoing requests', () => {
  const traceparent = `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`;
  const ends: string[] = [];
  let there: Receiver;
  let elsewhere: Receiver;
  let network: Network;

  beforeAll(async () => {
    [there, elsewhere] = [await startReceiver(), await startReceiver()];
    network = new Network({
      allowPrivateAddresses: true,
      trace: (method) => ({ headers: { traceparent }, ended: (status) => void ends.push(`${method} ${status}`) }),
    });
  });
  afterAll(() => {
    network.onApplicationShutdown();
    there.close();
    elsewhere.close();
  });
  afterEach(() => {
    for (const receiver of [there, elsewhere]) receiver.received = [];
    there.answer = () => ({ status: 200, body: 'ok' });
    ends.length = 0;
  });

  const toldTo = ({ received }: Receiver): unknown[] => received.map(({ headers }) => headers.traceparent);

  it('are told to the other side, and how they ended, with each attempt', async () => {
    there.answer = () => ({ status: there.received.length === 1 ? 503 : 200 });
    await network.http({ retries: 1 }).get(there.url);
    expect(toldTo(there)).toEqual([traceparent, traceparent]);
    expect(ends).toEqual(['GET 503', 'GET 200']);
  });

  it.each([
    ['AWS SigV4', { authorization: 'AWS4-HMAC-SHA256 Credential=AKIA/20260101/eu/s3/aws4_request', 'x-amz-date': '1' }],
    ['HTTP message signatures', { 'signature-input': 'sig1=("@method" "traceparent")', signature: 'sig1=:YQ==:' }],
    ['a trace of its own', { traceparent: 'its own' }],
  ])('leave requests alone that have %s', async (_, headers: Record<string, string>) => {
    await network.http({}).get(there.url, { headers });
    expect(there.received[0]?.headers).toMatchObject(headers);
    expect(toldTo(there)).toEqual([headers.traceparent]);
  });

  it('leave presigned addresses alone', async () => {
    await network.http({}).get(there.url, { params: { 'X-Amz-Signature': 'a', 'X-Amz-SignedHeaders': 'host' } });
    expect(toldTo(there)).toEqual([undefined]);
  });

  it('are not told to whom a redirect leads', async () => {
    there.answer = () => ({ status: 302, headers: { location: elsewhere.url } });
    await network.http({}).get(there.url);
    expect([toldTo(there), toldTo(elsewhere)]).toEqual([[traceparent], [undefined]]);
  });

  it('are not told where there are none', async () => {
    const silent = new Network({ allowPrivateAddresses: true });
    await silent.http({}).get(there.url);
    silent.onApplicationShutdown();
    expect(toldTo(there)).toEqual([undefined]);
  });
});
