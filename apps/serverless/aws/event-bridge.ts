import { boundedId, deliver, isToComeAgain, type Arrival, type Delivery } from '../core/index.ts';
import type { EventBridgeEvent } from './events.ts';

/** Throws where the event is to be delivered again: Lambda does that twice, then it goes to the function's dead letter queue. */
export async function handleEventBridge(event: EventBridgeEvent, delivery: Delivery): Promise<void> {
  const { id, time, detail, 'detail-type': name } = event;
  const arrival: Arrival = { id: boundedId(id), content: { value: detail }, at: time, name };
  for (const fate of await deliver('eventbridge', [arrival], delivery)) {
    if (fate.fate !== 'kept' && isToComeAgain(fate, delivery.settings))
      throw new Error(`Millrace did not take event ${id}: ${fate.reason}`);
  }
}
