import { deliveryId, type Delivery, type KeptDelivery, type Webhooks } from '../../index.ts';
import { resolveLazy } from './lazy.ts';
import type { SampleDelivery, WebhookOptions } from './webhook-options.ts';

const address = 'https://millrace.example.com/hooks/acme';

/** A sample as it would arrive, unsigned. */
export function deliveryOf({ body, headers, query = '' }: SampleDelivery, receivedAt: Date): Delivery {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const lower = Object.entries(headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]);
  return {
    method: 'POST',
    url: address + query,
    headers: { 'content-type': 'application/json', ...Object.fromEntries(lower) } as Record<string, string>,
    body: Buffer.from(text),
    receivedAt,
  };
}

/** The samples as they would be kept. */
export async function keptSamples(webhooks: Webhooks, options: WebhookOptions): Promise<KeptDelivery[]> {
  const at = new Date('2026-01-02T03:04:05.000Z');
  const samples = (await resolveLazy(options.deliveries)).map((sample) => deliveryOf(sample, at));
  return samples
    .flatMap((delivery) => webhooks.split?.(delivery) ?? [delivery])
    .map((delivery) => ({ ...delivery, id: deliveryId(webhooks, delivery) }));
}
