import type { EventBridgeEvent, KinesisRecord, RecordsEvent, SqsRecord } from '../aws/events.ts';

/** As AWS documents them, with what matters: https://docs.aws.amazon.com/lambda/latest/dg/with-kinesis.html */
export function kinesisEvent(...data: (string | Uint8Array)[]): RecordsEvent {
  const record = (content: string | Uint8Array, index: number): KinesisRecord => ({
    eventSource: 'aws:kinesis',
    eventID: `shardId-000000000006:4959033827149025660855969253836157109592157598913658889${index}`,
    kinesis: {
      data: Buffer.from(content).toString('base64'),
      sequenceNumber: `4959033827149025660855969253836157109592157598913658889${index}`,
      approximateArrivalTimestamp: 1_767_225_600.5 + index,
    },
  });
  return { Records: data.map(record) };
}

export function sqsEvent(queue: string, ...bodies: string[]): RecordsEvent {
  const record = (body: string, index: number): SqsRecord => ({
    eventSource: 'aws:sqs',
    messageId: `059f36b4-87a3-44ab-83d2-66197597500${index}`,
    body,
    attributes: { SentTimestamp: String(1_767_225_600_000 + index) },
    eventSourceARN: `arn:aws:sqs:eu-central-1:000000000000:${queue}`,
  });
  return { Records: bodies.map(record) };
}

export function eventBridgeEvent(detail: unknown): EventBridgeEvent {
  return {
    id: '6a7e8feb-b491-4cf7-a9f1-bf3703467718',
    'detail-type': 'Order Shipped',
    time: '2026-01-01T00:00:00Z',
    detail,
  };
}
