import type { Delivery } from '../api/index.ts';
import { Notice } from '../ui/index.ts';
import { deliveryText } from './words.ts';

export interface Tested {
  /** What the channel is called. */
  channel: string;
  delivery: Delivery;
}

/** What came of test messages. */
export function TestOutcomes({ tested }: { tested: readonly Tested[] }) {
  return tested.map(({ channel, delivery }) => (
    <Notice key={channel} kind={delivery.ok ? 'info' : 'problem'}>
      {channel}: {deliveryText(delivery)}
    </Notice>
  ));
}
