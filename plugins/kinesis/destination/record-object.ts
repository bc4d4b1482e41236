import { object, type DestinationObject } from '@millrace/sdk';
import type { KinesisConfig } from '../config.ts';
import { putRows } from './put-rows.ts';

/** A record of a stream. A repeat is a second record, as Kinesis knows no keys of ours. */
export function recordObject({ streams = [] }: KinesisConfig): DestinationObject<KinesisConfig> {
  return object<KinesisConfig>({
    title: 'Record',
    description: 'A record put into a stream: `data` as JSON, or a text as it is.',
    modes: ['insert'],
    schema: {
      type: 'object',
      properties: {
        stream: {
          type: 'string',
          description: 'Name or ARN; not needed where the connection names one stream only.',
          ...(streams.length > 0 && { enum: streams }),
        },
        partitionKey: { type: ['string', 'number'], description: 'Records of a key keep their order.' },
        explicitHashKey: { type: 'string', pattern: '^\\d{1,39}$' },
        data: {},
      },
      required: ['partitionKey', 'data', ...(streams.length === 1 ? [] : ['stream'])],
    },
    idempotency: 'none',
    batch: { records: 500, bytes: 4_000_000 },
    push: putRows,
  });
}
