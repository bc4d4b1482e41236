import { MillraceError, messageOf, type Delivery, type Webhooks } from '../../index.ts';
import { fault, succeed } from './fault.ts';
import type { ContractCheck } from './options.ts';
import { deliveryOf } from './sample-deliveries.ts';
import type { WebhookOptions } from './webhook-options.ts';
import type { Workbench } from './workbench.ts';

const week = 7 * 86_400_000;

interface Signing {
  config: unknown;
  sample: (receivedAt: Date) => Delivery;
  signed: (delivery: Delivery) => Delivery;
}

/** Whether only what the vendor has signed, and signed lately, is let in. */
export function signatureChecks(bench: Workbench, webhooks: Webhooks): ContractCheck[] {
  const { webhook: options = {} } = bench.options;
  const signs = options.sign !== undefined;
  const check = (name: string, run: (signing: Signing) => Promise<void>, concerns = true): ContractCheck => ({
    name,
    run: async () => (concerns ? eachSample(bench, options, run) : 0),
  });
  const refuse = (what: string, delivery: Delivery, config: unknown): Promise<void> =>
    refused(what, async () => webhooks.verify(delivery, config));
  return [
    check(
      'lets in deliveries that its vendor has signed',
      ({ config, sample, signed }) =>
        succeed('verify() of a signed delivery', async () => webhooks.verify(signed(sample(new Date())), config)),
      signs,
    ),
    check('lets in nothing that is not signed, or was altered', async ({ config, sample, signed }) => {
      const delivery = sample(new Date());
      await refuse('a delivery without signature', delivery, config);
      if (!options.sign) return;
      const right = signed(delivery);
      const other = Object.keys(options.sign(delivery, config)).filter((name) =>
        /signature|hmac|authorization/i.test(name),
      );
      for (const name of other.map((one) => one.toLowerCase())) {
        const headers = { ...right.headers, [name]: alteredText(right.headers[name] ?? '') };
        await refuse(`a delivery with another ${name}`, { ...right, headers }, config);
      }
      if (options.unsigned) return;
      await refuse('an altered body', { ...right, body: altered(right.body) }, config);
      await refuse('a longer body', { ...right, body: Buffer.concat([right.body, Buffer.from(' ')]) }, config);
    }),
    check(
      'lets in nothing that is old, or of the future',
      async ({ config, sample, signed }) => {
        for (const shift of [-week, week]) {
          const then = signed(sample(new Date(Date.now() + shift)));
          const what = `a delivery signed ${shift / week} week from now (where the vendor signs no time, say webhook: { timeless: true })`;
          await refuse(what, { ...then, receivedAt: new Date() }, config);
        }
      },
      signs && !options.timeless && !options.unsigned,
    ),
  ];
}

async function eachSample(
  bench: Workbench,
  options: WebhookOptions,
  run: (signing: Signing) => Promise<void>,
): Promise<number> {
  const deliveries = await bench.deliveries();
  await bench.use('verifying deliveries', async ({ config }) => {
    for (const one of deliveries) {
      const signed = (delivery: Delivery): Delivery => {
        const headers = Object.entries(options.sign?.(delivery, config) ?? {});
        const lower = headers.map(([name, value]) => [name.toLowerCase(), value]);
        return {
          ...delivery,
          headers: { ...delivery.headers, ...(Object.fromEntries(lower) as Record<string, string>) },
        };
      };
      await run({ config, signed, sample: (receivedAt) => deliveryOf(one, receivedAt) });
    }
  });
  return deliveries.length;
}

async function refused(what: string, verify: () => Promise<void>): Promise<void> {
  try {
    await verify();
  } catch (error) {
    if (error instanceof MillraceError && error.code === 'invalid_signature') return;
    throw fault(`verify() of ${what} throws: ${messageOf(error)}. Throw \`invalid_signature\`.`, error);
  }
  throw fault(`verify() lets in ${what}.`);
}

function altered(body: Buffer): Buffer {
  const copy = Buffer.from(body);
  const middle = copy.length >> 1;
  copy[middle] = (copy[middle] ?? 0) ^ 1;
  return copy;
}

/** Another letter or digit in its last third, so that what names the scheme stays. */
function alteredText(text: string): string {
  const at = Math.floor(text.length * 0.8);
  return text.slice(0, at) + (text[at] === '0' ? '1' : '0') + text.slice(at + 1);
}
