import { createHash } from 'node:crypto';
import { PbfReader } from 'pbf';
import { MillraceError } from '@millrace/sdk';

/** A record that a producer wrote, on its own or in an aggregated one. */
export interface UserRecord {
  partitionKey: string;
  explicitHashKey?: string;
  data: Uint8Array;
}

interface Aggregate {
  partitionKeys: string[];
  hashKeys: string[];
  records: { key: number; hashKey?: number; data?: Uint8Array }[];
}

const magic = Buffer.from('f3899ac2', 'hex');
const digestBytes = 16;
/** A record is at most 10 MB; what holds more of them than this is no honest aggregate. */
const maxRecords = 100_000;

/**
 * The records in an aggregated one, in their order; undefined for what is none: magic bytes, a protocol buffer and its MD5, as in
 * https://github.com/awslabs/amazon-kinesis-producer/blob/master/aggregation-format.md. Throws `row_too_large`.
 */
export function deaggregate(data: Uint8Array): UserRecord[] | undefined {
  const bytes = Buffer.from(data.buffer, data.byteOffset, data.byteLength);
  if (bytes.length <= magic.length + digestBytes || !bytes.subarray(0, magic.length).equals(magic)) return undefined;
  const content = bytes.subarray(magic.length, -digestBytes);
  if (!createHash('md5').update(content).digest().equals(bytes.subarray(-digestBytes))) return undefined;
  const aggregate = parsed(content);
  return aggregate && userRecords(aggregate);
}

/** As the format says, what cannot be parsed is an ordinary record that happens to look like it. */
function parsed(content: Uint8Array): Aggregate | undefined {
  try {
    return new PbfReader(content).readFields(readAggregate, { partitionKeys: [], hashKeys: [], records: [] });
  } catch (error) {
    if (error instanceof MillraceError) throw error;
    return undefined;
  }
}

function readAggregate(tag: number, into: Aggregate, reader: PbfReader): void {
  if (tag === 1) into.partitionKeys.push(reader.readString());
  if (tag === 2) into.hashKeys.push(reader.readString());
  if (tag !== 3) return;
  if (into.records.length >= maxRecords) {
    const message = `An aggregated record holds more than ${maxRecords} records. Let the producer aggregate fewer.`;
    throw new MillraceError('row_too_large', message);
  }
  into.records.push(reader.readMessage(readRecord, { key: -1 }));
}

function readRecord(tag: number, into: Aggregate['records'][number], reader: PbfReader): void {
  if (tag === 1) into.key = reader.readVarint();
  if (tag === 2) into.hashKey = reader.readVarint();
  if (tag === 3) into.data = reader.readBytes();
}

function userRecords({ partitionKeys, hashKeys, records }: Aggregate): UserRecord[] | undefined {
  const found: UserRecord[] = [];
  for (const { key, hashKey, data } of records) {
    const partitionKey = partitionKeys[key];
    if (partitionKey === undefined || data === undefined) return undefined;
    const explicitHashKey = hashKey === undefined ? undefined : hashKeys[hashKey];
    found.push({ partitionKey, data, ...(explicitHashKey !== undefined && { explicitHashKey }) });
  }
  return found;
}
