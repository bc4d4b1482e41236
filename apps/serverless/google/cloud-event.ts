import { boundedId, deliver, isToComeAgain, type Arrival, type Delivery } from '../core/index.ts';

/** https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/spec.md */
export interface CloudEvent {
  id: string;
  source: string;
  type: string;
  time?: string;
  data?: unknown;
  data_base64?: string;
}

const pubSub = 'google.cloud.pubsub.topic.v1.messagePublished';

/** Throws where the event is to be delivered again, which Google Cloud does for functions that were deployed with `--retry`. */
export async function handleCloudEvent(event: CloudEvent, delivery: Delivery): Promise<void> {
  for (const fate of await deliver('cloudevent', [arrivalOf(event)], delivery)) {
    if (fate.fate !== 'kept' && isToComeAgain(fate, delivery.settings))
      throw new Error(`Millrace did not take event ${event.id}: ${fate.reason}`);
  }
}

/** An event is named by its id and its source together. */
function arrivalOf(event: CloudEvent): Arrival {
  const { id, source, type, time } = event;
  const arrival = { id: boundedId(source, id), content: contentOf(event), at: time };
  return type === pubSub ? arrival : { ...arrival, name: type };
}

/** Of Pub/Sub, what was published; of all else, the event's data. */
function contentOf({ type, data, data_base64: encoded }: CloudEvent): Arrival['content'] {
  if (type === pubSub) {
    const { message } = (data ?? {}) as { message?: { data?: string } };
    return { bytes: Buffer.from(message?.data ?? '', 'base64') };
  }
  if (encoded !== undefined) return { bytes: Buffer.from(encoded, 'base64') };
  return typeof data === 'string' ? { bytes: Buffer.from(data) } : { value: data };
}
