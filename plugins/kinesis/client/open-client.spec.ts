import { once } from 'node:events';
import type { Server } from 'node:http';
import { createRequire } from 'node:module';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { configSpec, MillraceError, type SocketTarget } from '@millrace/sdk';
import { testContext } from '@millrace/sdk/testing';
import { startKinesis, type Kinesis } from '#tools/kinesis';
import { checkKinesis } from '../check.ts';
import { KinesisConfig } from '../config.ts';

const kinesalite = createRequire(import.meta.url)('kinesalite') as (options: object) => Server;

let kinesis: Kinesis;
let encrypted: Server;
beforeAll(async () => {
  kinesis = await startKinesis();
  await kinesis.createStream('one');
  encrypted = kinesalite({ ssl: true }).listen(0, '127.0.0.1');
  await once(encrypted, 'listening');
});
afterAll(async () => {
  await kinesis.stop();
  encrypted.closeAllConnections();
  await new Promise((resolve) => encrypted.close(resolve));
});

function check(more: object, connectTo?: (target: SocketTarget) => Socket): Promise<void> {
  const config = configSpec(KinesisConfig).parse({ ...kinesis.config, streams: ['one'], ...more });
  return checkKinesis(testContext(config, connectTo && { connect: connectTo }));
}
const tls = () => `https://127.0.0.1:${(encrypted.address() as AddressInfo).port}`;

describe("the client's sockets", () => {
  it('are those that the platform gives', async () => {
    const targets: SocketTarget[] = [];
    await check({}, (target) => {
      targets.push(target);
      return connect(target);
    });
    expect(targets).toEqual([{ host: '127.0.0.1', port: Number(new URL(kinesis.endpoint).port) }]);
  });

  it.each(['http', 'https'])(
    'tell what the guard says of an address, at once or after the look-up (%s)',
    async (scheme) => {
      const no = new MillraceError('address_not_allowed', 'It is inside. Allow it.');
      const endpoint = `${scheme}://inside.example`;
      const atOnce = (): Socket => {
        throw no;
      };
      const later = (target: SocketTarget): Socket =>
        connect({ ...target, lookup: (_host, _options, done) => done(no, '', 0) });
      await expect(check({ endpoint }, atOnce)).rejects.toBe(no);
      await expect(check({ endpoint }, later)).rejects.toBe(no);
    },
  );

  it('speak TLS, and trust nobody without a certificate that holds', async () => {
    const refused = check({ endpoint: tls() });
    await expect(refused).rejects.toMatchObject({
      code: 'unreachable',
      message: expect.stringMatching(/certificate/) as unknown,
    });
  });
});

describe('the credentials of the environment', () => {
  const before = { ...process.env };
  afterEach(() => void (process.env = { ...before }));

  it('are found where the SDK looks for them, and go to no other endpoint than that of AWS', async () => {
    const keys: string[] = [];
    kinesis.script = ({ accessKeyId }) => void keys.push(accessKeyId);
    Object.assign(process.env, {
      AWS_ACCESS_KEY_ID: 'AKIAOFTHESERVER',
      AWS_SECRET_ACCESS_KEY: 'secret-of-the-server',
      AWS_ENDPOINT_URL_KINESIS: kinesis.endpoint, // what the operator of the server says holds for AWS
    });
    await check({ credentials: 'environment', endpoint: undefined });
    expect(keys).toEqual(['AKIAOFTHESERVER']);
    await expect(check({ credentials: 'environment' })).rejects.toMatchObject({ code: 'invalid_config' });
    await expect(
      check({ credentials: 'environment', endpoint: 'https://amazonaws.com.evil.example' }),
    ).rejects.toMatchObject({ code: 'invalid_config' });
  });
});
