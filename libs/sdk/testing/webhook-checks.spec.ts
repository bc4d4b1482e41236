import { createHmac } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import {
  defineConnector,
  githubSignature,
  MillraceError,
  objectOf,
  webhookStreams,
  type Delivery,
  type Webhooks,
} from '../index.ts';
import { contractChecks, type ContractCheck, type WebhookOptions } from './index.ts';

const right: Webhooks<{ secret: string }> = {
  verify: githubSignature(({ secret }) => secret),
  id: (delivery) => String(objectOf(delivery).id),
  parse: (delivery) => [{ stream: 'things', record: objectOf(delivery) }],
};

const sign = ({ body }: Delivery): Record<string, string> => ({
  'x-hub-signature-256': `sha256=${createHmac('sha256', 'hush').update(body).digest('hex')}`,
});
const usual: WebhookOptions = { deliveries: [{ body: { id: 1 } }, { body: { id: 2 } }], sign, timeless: true };

/** What the kit says of a connector that differs from the right one in this. */
async function faults(webhooks: Partial<typeof right> = {}, webhook: WebhookOptions = usual): Promise<string[]> {
  const found: string[] = [];
  // Following a stream in vain takes its patience: that is tested elsewhere.
  for (const check of checksOf(webhooks, webhook).filter(({ name }) => !/endless|subscribes|durable/.test(name))) {
    try {
      await check.run();
    } catch (error) {
      found.push((error as Error).message);
    }
  }
  return found;
}

function checksOf(webhooks: Partial<typeof right>, webhook: WebhookOptions): ContractCheck[] {
  const all = { ...right, ...webhooks };
  const connector = defineConnector<{ secret: string }>({
    id: 'acme',
    title: 'Acme',
    version: '1.0.0',
    config: {
      type: 'object',
      properties: { secret: { type: 'string', title: 'Secret', 'x-secret': true } },
      required: ['secret'],
      additionalProperties: false,
    },
    check: () => Promise.resolve(),
    webhooks: all,
    source: { streams: webhookStreams(all, { things: { key: 'id' } }) },
  });
  return contractChecks(connector, { config: { secret: 'hush' }, badConfig: false, webhook });
}

describe('the contract test kit, of webhooks', () => {
  it('finds nothing amiss in one that is right', async () => {
    expect(await faults()).toEqual([]);
  });

  it.each<[string, Partial<typeof right>]>([
    ['lets in a delivery without signature', { verify: () => undefined }],
    [
      'Throw `invalid_signature`',
      {
        verify: () => {
          throw new Error('crash');
        },
      },
    ],
    ['the stream "others"', { parse: (delivery) => [{ stream: 'others', record: objectOf(delivery) }] }],
    ['has a record of the stream "things"', { parse: () => [] }],
    [
      'breaks: ',
      {
        parse: (delivery) => [{ stream: 'things', record: JSON.parse(delivery.body.toString()) as { id: unknown[] } }],
      },
    ],
    ['Two deliveries have the id', { id: () => 'same' }],
    ['then ', { id: () => String(process.hrtime.bigint()) }],
  ])('finds that one %s', async (message, webhooks) => {
    expect((await faults(webhooks)).join('\n')).toContain(message);
  });

  it('finds a signature that is not over the body', async () => {
    const blind = (delivery: Delivery) => sign({ ...delivery, body: Buffer.from('') });
    const verify: typeof right.verify = (delivery) => {
      const [name = '', value] = Object.entries(blind(delivery)).flat();
      if (delivery.headers[name] !== value) throw new MillraceError('invalid_signature', 'It is another one.');
    };
    expect((await faults({ verify }, { ...usual, sign: blind })).join('\n')).toContain('lets in an altered body');
  });

  it('finds old deliveries that are let in, and asks for deliveries', async () => {
    expect((await faults({}, { ...usual, timeless: false })).join('\n')).toMatch(
      /signed -1 week from now.*timeless: true/,
    );
    expect((await faults({}, { deliveries: [] })).join('\n')).toContain('No delivery has a record');
  });

  it.each([
    'lets in deliveries that its vendor has signed',
    'lets in nothing that is not signed, or was altered',
    'subscribes, and ends when aborted',
    'tells how far an endless stream is behind, where it tells that',
  ])('does not pass without any delivery, nor waits for one: %s', async (name) => {
    const check = checksOf({}, { sign }).find((one) => one.name === name);
    await expect(check?.run()).rejects.toThrow('There are no deliveries to check the webhook with');
  });

  it('tells that it has not looked at signatures where nobody signs', async () => {
    const checks = checksOf({}, { deliveries: usual.deliveries }).filter(({ name }) => /^lets in/.test(name));
    expect(await Promise.all(checks.map((check) => check.run()))).toEqual([0, 2, 0]);
  });
});
