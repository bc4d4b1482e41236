import type { AnyConnector, Deliveries } from '@millrace/sdk';
import { fixtureDeliveries, keptSamples, testDeliveries } from '@millrace/sdk/testing';

/** What the vendor delivers, by the plugin's fixtures. Then it is over: who waits for more would show nothing meanwhile. */
export function sampleDeliveries({ webhooks }: AnyConnector, folder: string): Deliveries {
  const samples = fixtureDeliveries(folder) ?? [];
  const deliveries = webhooks ? keptSamples(webhooks, samples).map((one, index) => ({ ...one, place: index + 1 })) : [];
  return {
    ...testDeliveries(deliveries),
    async *follow() {
      if (deliveries.length > 0) yield { lane: 'test', deliveries };
    },
  };
}
