import type { DeliveredRecord, Key, KeptDelivery, PageReject } from '../connector/index.ts';
import { MillraceError, messageOf } from '../errors/index.ts';
import type { Row } from '../json.ts';
import { parseJson } from '../parse-json.ts';
import { compilePath, parseTime } from '../mapping/index.ts';

/** What a delivery means to one stream. */
export interface ReadDelivery {
  records: Row[];
  positions: string[];
  deletes: Key[];
  /** ISO, in the order of `records` and `deletes`. */
  times: { records: string[]; deletes: string[] };
  rejects: PageReject[];
}

export interface DeliveryReading {
  stream: string;
  /** Field paths that name a record. */
  key: string[];
  parse: (delivery: KeptDelivery) => DeliveredRecord[];
}

/** The rows of one stream in a delivery. One that cannot be understood is a reject of every stream: nobody could tell whose it is. */
export function readDelivery({ stream, key, parse }: DeliveryReading, delivery: KeptDelivery): ReadDelivery {
  const position = `delivery/${delivery.id}`;
  const read: ReadDelivery = {
    records: [],
    positions: [],
    deletes: [],
    times: { records: [], deletes: [] },
    rejects: [],
  };
  let own: DeliveredRecord[];
  try {
    own = parse(delivery).filter((one) => one.stream === stream);
  } catch (error) {
    read.rejects.push({ raw: rawOf(delivery), position, ...reasonOf(error) });
    return read;
  }
  own.forEach(({ record, at, deleted }, index) => {
    const place = own.length === 1 ? position : `${position}[${index}]`;
    const time = timeOf(at) ?? delivery.receivedAt.toISOString();
    const refuse = (message: string): void =>
      void read.rejects.push({ raw: record, position: place, code: 'malformed_row', message });
    if (!isRow(record)) return refuse('The record is not an object.');
    if (!deleted) {
      read.records.push(record);
      read.positions.push(place);
      read.times.records.push(time);
      return;
    }
    const name = key.map((path) => compilePath(path)(record));
    if (!isKey(name)) return refuse('The deleted record has no key.');
    read.deletes.push(name);
    read.times.deletes.push(time);
  });
  return read;
}

function isRow(value: unknown): value is Row {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isKey(values: unknown[]): values is Key {
  return (
    values.length > 0 && values.every((value) => typeof value === 'number' || (typeof value === 'string' && value))
  );
}

function reasonOf(error: unknown): Pick<PageReject, 'code' | 'message'> {
  if (error instanceof MillraceError) return { code: error.code, message: error.message };
  return { code: 'malformed_row', message: `The delivery cannot be understood: ${messageOf(error)}` };
}

function rawOf({ body }: KeptDelivery): unknown {
  const text = body.toString('utf8');
  try {
    return parseJson(text);
  } catch {
    return text;
  }
}

function timeOf(at: string | undefined): string | undefined {
  const time = at === undefined ? NaN : parseTime(at);
  return Number.isNaN(time) ? undefined : new Date(time).toISOString();
}
