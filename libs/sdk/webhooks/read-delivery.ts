import type { DeliveredRecord, KeptDelivery, PageReject, Webhooks } from '../connector/index.ts';
import { MillraceError, messageOf } from '../errors/index.ts';
import type { Row } from '../json.ts';

/** What a delivery means to one stream. */
export interface ReadDelivery {
  records: Row[];
  /** ISO, one a record. */
  times: { records: string[] };
  positions: string[];
  rejects: PageReject[];
}

/** The rows of one stream in a delivery. One that cannot be understood is a reject of every stream: nobody could tell whose it is. */
export function readDelivery(parse: Webhooks['parse'], stream: string, delivery: KeptDelivery): ReadDelivery {
  const position = `delivery/${delivery.id}`;
  const read: ReadDelivery = { records: [], times: { records: [] }, positions: [], rejects: [] };
  let delivered: DeliveredRecord[];
  try {
    delivered = parse(delivery);
  } catch (error) {
    read.rejects.push({ raw: rawOf(delivery), position, ...reasonOf(error) });
    return read;
  }
  const own = delivered.filter((one) => one.stream === stream);
  own.forEach(({ record, at }, index) => {
    const place = own.length === 1 ? position : `${position}[${index}]`;
    if (!isRow(record)) {
      read.rejects.push({
        raw: record,
        position: place,
        code: 'malformed_row',
        message: 'The record is not an object.',
      });
      return;
    }
    read.records.push(record);
    read.times.records.push(timeOf(at) ?? delivery.receivedAt.toISOString());
    read.positions.push(place);
  });
  return read;
}

function isRow(value: unknown): value is Row {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function reasonOf(error: unknown): Pick<PageReject, 'code' | 'message'> {
  if (error instanceof MillraceError) return { code: error.code, message: error.message };
  return { code: 'malformed_row', message: `The delivery cannot be understood: ${messageOf(error)}` };
}

function rawOf({ body }: KeptDelivery): unknown {
  const text = body.toString('utf8');
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

function timeOf(at: string | undefined): string | undefined {
  const time = at === undefined ? NaN : Date.parse(at);
  return Number.isNaN(time) ? undefined : new Date(time).toISOString();
}
