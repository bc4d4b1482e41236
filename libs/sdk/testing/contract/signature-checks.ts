import { MillraceError, messageOf, type Delivery, type Webhooks } from '../../index.ts';
import { fault, succeed } from './fault.ts';
import { resolveLazy } from './lazy.ts';
import type { ContractCheck } from './options.ts';
import { deliveryOf } from './sample-deliveries.ts';
import type { WebhookOptions } from './webhook-options.ts';
import type { Workbench } from './workbench.ts';

const week = 7 * 86_400_000;

interface Signing {
  config: unknown;
  sample: (receivedAt: Date) => Delivery;
  signed: (delivery: Delivery) => Delivery;
  options: WebhookOptions;
}

/** Whether only what the vendor has signed, and signed lately, is let in. */
export function signatureChecks(bench: Workbench, webhooks: Webhooks): ContractCheck[] {
  const check = (name: string, run: (signing: Signing) => Promise<void>): ContractCheck => ({
    name,
    run: () => eachSample(bench, run),
  });
  const refuse = (what: string, delivery: Delivery, config: unknown): Promise<void> =>
    refused(what, async () => webhooks.verify(delivery, config));
  return [
    check('lets in deliveries that its vendor has signed', async ({ config, sample, signed, options }) => {
      if (!options.sign) return;
      await succeed('verify() of a signed delivery', () => webhooks.verify(signed(sample(new Date())), config));
    }),
    check('lets in nothing that is not signed, or was altered', async ({ config, sample, signed, options }) => {
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
    check('lets in nothing that is old, or of the future', async ({ config, sample, signed, options }) => {
      if (!options.sign || options.timeless || options.unsigned) return;
      for (const shift of [-week, week]) {
        const then = signed(sample(new Date(Date.now() + shift)));
        await refuse(`a delivery signed ${shift / week} week from now`, { ...then, receivedAt: new Date() }, config);
      }
    }),
  ];
}

async function eachSample(bench: Workbench, run: (signing: Signing) => Promise<void>): Promise<void> {
  const { webhook: options } = bench.options;
  if (!options) return;
  await bench.use('verifying deliveries', async ({ config }) => {
    for (const one of await resolveLazy(options.deliveries)) {
      const signed = (delivery: Delivery): Delivery => {
        const headers = Object.entries(options.sign?.(delivery, config) ?? {});
        const lower = headers.map(([name, value]) => [name.toLowerCase(), value]);
        return {
          ...delivery,
          headers: { ...delivery.headers, ...(Object.fromEntries(lower) as Record<string, string>) },
        };
      };
      await run({ config, options, signed, sample: (receivedAt) => deliveryOf(one, receivedAt) });
    }
  });
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
