import { boundedId, deliver, isToComeAgain, type Arrival, type Delivery, type Fate } from '../core/index.ts';
import type { KinesisRecord, SqsRecord } from './events.ts';

/** What is to be delivered again; all else is done with. */
export interface BatchResponse {
  batchItemFailures: { itemIdentifier: string }[];
}

/** Kinesis goes on at the first failure of a shard, a FIFO queue must not go past one; of other queues each message stands for itself. */
export async function handleRecords(
  records: (KinesisRecord | SqsRecord)[],
  delivery: Delivery,
): Promise<BatchResponse> {
  const origin = records[0]?.eventSource === 'aws:kinesis' ? 'kinesis' : 'sqs';
  const fates = await deliver(origin, records.map(arrivalOf), delivery);
  const again = (fate: Fate): boolean => isToComeAgain(fate, delivery.settings);
  const first = fates.findIndex(again);
  const failed = records.filter((record, index) => {
    if (first < 0 || index < first) return false;
    return isOrdered(record) || again(fates[index] ?? { fate: 'kept' });
  });
  return { batchItemFailures: failed.map((record) => ({ itemIdentifier: identifierOf(record) })) };
}

function arrivalOf(record: KinesisRecord | SqsRecord): Arrival {
  if (record.eventSource === 'aws:kinesis') {
    const { data, approximateArrivalTimestamp: seconds } = record.kinesis;
    const bytes = Buffer.from(data, 'base64');
    return { id: boundedId(record.eventID), content: { bytes }, at: isoTime(seconds * 1_000) };
  }
  const { messageId, body, attributes } = record;
  return {
    id: boundedId(messageId),
    content: { bytes: Buffer.from(body) },
    at: isoTime(Number(attributes?.SentTimestamp)),
  };
}

function identifierOf(record: KinesisRecord | SqsRecord): string {
  return record.eventSource === 'aws:kinesis' ? record.kinesis.sequenceNumber : record.messageId;
}

function isOrdered(record: KinesisRecord | SqsRecord): boolean {
  return record.eventSource === 'aws:kinesis' || (record.eventSourceARN?.endsWith('.fifo') ?? false);
}

function isoTime(milliseconds: number): string | undefined {
  return Number.isFinite(milliseconds) ? new Date(milliseconds).toISOString() : undefined;
}
