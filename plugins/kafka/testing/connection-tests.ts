import { expect, it } from '@jest/globals';
import { MillraceError, streamsOf } from '@millrace/sdk';
import { freePort } from '#tools/services';
import connector from '../index.ts';
import type { Broker } from './broker.ts';
import type { GatedRegistry } from './gated-registry.ts';
import { Follower } from './follow.ts';

/** Ways in, and what is said where there is none. */
export function connectionTests(at: () => Broker, registry: () => GatedRegistry): void {
  const check = async (config: object, connect?: () => never): Promise<void> => {
    const ctx = at().context(config, connect && { connect });
    await connector.check(ctx);
  };
  const signedIn = (more: object = {}): object => {
    const { saslBroker, user, password } = at().kafka;
    return { brokers: [saslBroker], sasl: 'plain', username: user, password, ...more };
  };
  const overTls = (more: object = {}): object =>
    signedIn({ brokers: [at().kafka.tlsBroker], tls: 'verify-full', ...more });

  it.each(['plain', 'scram-sha-256', 'scram-sha-512'])('signs in with %s', async (sasl) => {
    await check(signedIn({ sasl }));
    await expect(check(signedIn({ sasl, password: 'wrong' }))).rejects.toMatchObject({
      code: 'authentication_failed',
      retryable: false,
    });
  });

  it('verifies certificates where it should', async () => {
    await check(overTls({ ca: at().kafka.certificate }));
    await check(overTls({ tls: 'require' }));
    const fault = { code: 'unreachable', retryable: false, message: expect.stringMatching(/TLS with .* fails/) };
    await expect(check(overTls())).rejects.toMatchObject(fault);
    const port = at().kafka.tlsBroker.split(':')[1];
    await expect(check(overTls({ ca: at().kafka.certificate, brokers: [`localhost:${port}`] }))).rejects.toMatchObject(
      fault,
    );
  });

  it('reads over TLS with a password', async () => {
    const topic = await at().topic('over-tls');
    await at().send(topic, { value: { n: 1 } });
    const follower = new Follower(at(), topic, { config: overTls({ ca: at().kafka.certificate }) });
    await follower.has(1);
    await follower.stop();
    expect(follower.values).toEqual([{ n: 1 }]);
  });

  it('says that nobody answers', async () => {
    const nobody = `127.0.0.1:${await freePort()}`;
    await expect(check({ brokers: [nobody] })).rejects.toMatchObject({
      code: 'unreachable',
      retryable: true,
      message: expect.stringContaining(nobody),
    });
  });

  it('finds another broker where one is away', async () => {
    await check({ brokers: [`127.0.0.1:${await freePort()}`, at().kafka.broker] });
  });

  it('lets the guard of the network have the last word', async () => {
    const refusal = new MillraceError('address_not_allowed', 'That address is in a private network.');
    const refuse = (): never => {
      throw refusal;
    };
    await expect(check({}, refuse)).rejects.toMatchObject({ code: 'address_not_allowed', message: refusal.message });
  });

  it('asks the registry, and for a time where one is needed', async () => {
    await check({ registry: registry().config });
    const wrong = { ...registry().config, password: 'wrong' };
    await expect(check({ registry: wrong })).rejects.toMatchObject({ code: 'authentication_failed' });
    await expect(check({ from: 'timestamp' })).rejects.toMatchObject({ code: 'invalid_config' });
    await expect(check({ topic: 'nowhere' })).rejects.toMatchObject({ code: 'invalid_config' });
  });

  it('discovers topics without internal ones', async () => {
    await at().topic('_schemas');
    const topic = await at().topic('discovered');
    const compacted = await at().topic('compacted', 1, { 'cleanup.policy': 'compact' });
    const streams = await streamsOf(connector, at().context());
    expect(streams[topic]).toMatchObject({ key: 'place' });
    expect(streams[compacted]).toMatchObject({ key: 'id' });
    expect(Object.keys(streams).filter((name) => name.startsWith('_'))).toEqual([]);
  });

  it('says that a topic is gone', async () => {
    await expect(new Follower(at(), 'never-made').has(1)).rejects.toMatchObject({ code: 'stream_not_found' });
  });
}
