import type { PutRecordsRequestEntry } from '@aws-sdk/client-kinesis';
import { rejected, type Outcome, type Row } from '@millrace/sdk';

const maxKeyLength = 256;
const maxBytes = 1_048_576;

/** A row on its way into a stream. */
export interface Entry extends PutRecordsRequestEntry {
  stream: string;
}

/** What is put for a mapped row; an outcome where it cannot be put: Kinesis would refuse the whole request. */
export function entryOf(row: Row, onlyStream: string | undefined): Entry | Outcome {
  const { data, explicitHashKey } = row;
  const stream = row.stream ?? onlyStream;
  if (typeof stream !== 'string' || stream === '')
    return rejected('invalid_row', 'It names no stream. Map `stream`, or let the connection name one.');
  const key = typeof row.partitionKey === 'number' ? String(row.partitionKey) : row.partitionKey;
  if (typeof key !== 'string' || key === '' || [...key].length > maxKeyLength)
    return rejected('invalid_row', `partitionKey must have 1 to ${maxKeyLength} characters. Map another field to it.`);
  if (data === undefined) return rejected('invalid_row', 'It has no data. Map `data`.');
  if (explicitHashKey !== undefined && !isHashKey(explicitHashKey))
    return rejected('invalid_row', 'explicitHashKey must be a whole number below 2^128, in digits. Map another field.');
  const bytes = Buffer.from(typeof data === 'string' ? data : JSON.stringify(data));
  if (bytes.length + Buffer.byteLength(key) > maxBytes)
    return rejected('row_too_large', `With its key it has more than ${maxBytes} bytes. Map less to \`data\`.`);
  return {
    stream,
    PartitionKey: key,
    Data: bytes,
    ...(explicitHashKey !== undefined && { ExplicitHashKey: explicitHashKey }),
  };
}

function isHashKey(value: unknown): value is string {
  return typeof value === 'string' && /^\d{1,39}$/.test(value) && BigInt(value) < 2n ** 128n;
}
