import { once } from 'node:events';
import type { Deliveries, KeptDelivery, LaneLag } from '../../index.ts';

/** Deliveries in memory, in one lane; after the last one nothing comes. */
export function testDeliveries(kept: readonly KeptDelivery[] = []): Deliveries {
  const lane = 'test';
  return {
    async *follow({ after, isMine, signal }) {
      for (const [index, delivery] of kept.entries()) {
        const place = index + 1;
        if (!isMine(lane) || place <= (after[lane] ?? 0)) continue;
        signal.throwIfAborted();
        yield { lane, deliveries: [{ ...delivery, place }] };
      }
      if (!signal.aborted) await once(signal, 'abort');
      signal.throwIfAborted();
    },
    async lag({ after, isMine }) {
      const records = Math.max(0, kept.length - (after[lane] ?? 0));
      const lag: LaneLag = { records, ...(records === 0 && { seconds: 0 }) };
      return Object.fromEntries(isMine(lane) ? [[lane, lag]] : []);
    },
  };
}
