import type { _Record as KinesisRecord } from '@aws-sdk/client-kinesis';
import { MillraceError, type Page, type PageReject, type Row } from '@millrace/sdk';
import type { KinesisConfig } from '../config.ts';
import { deaggregate, type UserRecord } from './aggregated.ts';
import { decode, originalOf } from './decode.ts';
import { placeJson, type ShardPlace } from './shard-place.ts';

const pageRows = 1_000;
const pageBytes = 1_000_000;

/** One record of a producer, with where it stood. */
interface PlacedRecord extends UserRecord {
  sequenceNumber: string;
  /** Its number in an aggregated record. */
  subSequenceNumber?: number;
  /** The shard goes on here behind it. */
  place: ShardPlace;
  arrivedAt: string;
  /** It could not be taken apart. */
  fault?: MillraceError;
}

export interface ShardRecords {
  shard: string;
  records: KinesisRecord[];
  /** Where they were read from. */
  from: ShardPlace;
  format: KinesisConfig['format'];
}

/** What was read of a shard, as pages of at most 1,000 rows or about 1 MB. */
export async function* pagesOf({
  shard,
  records,
  from,
  format,
}: ShardRecords): AsyncGenerator<Page & { lane: string }> {
  let page: PlacedRecord[] = [];
  let bytes = 0;
  for (const placed of placedRecords(records, from)) {
    page.push(placed);
    bytes += placed.data.byteLength;
    if (page.length < pageRows && bytes < pageBytes) continue;
    yield await pageOf(shard, page, format);
    page = [];
    bytes = 0;
  }
  if (page.length > 0) yield await pageOf(shard, page, format);
}

function* placedRecords(records: KinesisRecord[], from: ShardPlace): Generator<PlacedRecord> {
  const { since } = from;
  for (const { SequenceNumber: sequenceNumber = '', PartitionKey: partitionKey = '', Data: data, ...rest } of records) {
    const arrivedAt = (rest.ApproximateArrivalTimestamp ?? new Date()).toISOString();
    const whole = { partitionKey, data: data ?? new Uint8Array(), sequenceNumber, arrivedAt };
    const place = { since, sequenceNumber };
    const parts = partsOf(whole.data);
    if (parts instanceof MillraceError) yield { ...whole, place, fault: parts };
    else if (parts === undefined) yield { ...whole, place };
    else {
      const read = sequenceNumber === from.sequenceNumber ? (from.subSequenceNumber ?? -1) : -1;
      for (const [index, part] of parts.entries()) {
        if (index <= read) continue;
        const behind = index === parts.length - 1 ? place : { ...place, subSequenceNumber: index };
        yield { ...part, sequenceNumber, arrivedAt, subSequenceNumber: index, place: behind };
      }
    }
  }
}

function partsOf(data: Uint8Array): UserRecord[] | MillraceError | undefined {
  try {
    return deaggregate(data);
  } catch (error) {
    if (error instanceof MillraceError) return error;
    throw error;
  }
}

async function pageOf(
  shard: string,
  placed: PlacedRecord[],
  format: KinesisConfig['format'],
): Promise<Page & { lane: string }> {
  const records: Row[] = [];
  const times: string[] = [];
  const rejects: PageReject[] = [];
  for (const record of placed) {
    const row = rowOf(shard, record);
    try {
      if (record.fault) throw record.fault;
      records.push({ ...row, data: await decode(record.data, format) });
      times.push(record.arrivedAt);
    } catch (error) {
      if (!(error instanceof MillraceError)) throw error;
      const raw = { ...row, data: originalOf(record.data) };
      rejects.push({ raw, position: row.id, code: error.code, message: error.message });
    }
  }
  const positions = records.map(({ id }) => String(id));
  const resume = placeJson(placed.at(-1)?.place ?? {});
  return { records, positions, times: { records: times }, rejects, lane: shard, resume };
}

function rowOf(shard: string, { sequenceNumber, subSequenceNumber, partitionKey, arrivedAt }: PlacedRecord) {
  const number = subSequenceNumber === undefined ? sequenceNumber : `${sequenceNumber}.${subSequenceNumber}`;
  return {
    id: `${shard}/${number}`,
    shard,
    sequenceNumber,
    ...(subSequenceNumber !== undefined && { subSequenceNumber }),
    partitionKey,
    arrivedAt,
  };
}
