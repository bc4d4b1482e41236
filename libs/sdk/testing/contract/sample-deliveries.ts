import {
  deliveryId,
  type Deliveries,
  type Delivery,
  type KeptDelivery,
  type MillraceError,
  type Webhooks,
} from '../../index.ts';
import { fault } from './fault.ts';
import type { SampleDelivery } from './webhook-options.ts';

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
export function keptSamples(webhooks: Webhooks, samples: SampleDelivery[]): KeptDelivery[] {
  const at = new Date('2026-01-02T03:04:05.000Z');
  return samples
    .map((sample) => deliveryOf(sample, at))
    .flatMap((delivery) => webhooks.split?.(delivery) ?? [delivery])
    .map((delivery) => ({ ...delivery, id: deliveryId(webhooks, delivery) }));
}

export function noDeliveries(): MillraceError {
  return fault(
    'There are no deliveries to check the webhook with. Say webhook: { deliveries, sign }, or fixtures/deliveries.json.',
  );
}

/** Says so to whoever reads them, who would wait for what never comes. */
export const unknownDeliveries: Deliveries = {
  follow() {
    throw noDeliveries();
  },
  lag: () => Promise.reject(noDeliveries()),
};
