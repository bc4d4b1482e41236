import type { HttpClient, PageReject } from '../../connector/index.ts';
import { MillraceError } from '../../errors/index.ts';
import type { Row } from '../../json.ts';
import { compilePath } from '../../mapping/index.ts';
import { excerpt } from './excerpt.ts';

export interface PageRecords {
  records: Row[];
  positions: string[];
  rejects: PageReject[];
  /** Everything in the list. */
  count: number;
}

export type RecordsReader = (body: unknown, page: number, http: HttpClient) => PageRecords;

/** Takes the list out of an answer; what is in it but no object becomes a reject. Throws `invalid_response` where there is no list. */
export function recordsReader(path: string | undefined): RecordsReader {
  const read = path === undefined ? (body: Row): unknown => body : compilePath(path);
  return (body, page, http) => {
    const found = read(body as Row);
    const list = found === null && path !== undefined ? [] : found; // how some APIs write an empty list
    if (!Array.isArray(list)) throw noList(body, path, page, http);
    return sorted(list as unknown[], page);
  };
}

function sorted(list: unknown[], page: number): PageRecords {
  const found: PageRecords = { records: [], positions: [], rejects: [], count: list.length };
  list.forEach((item, index) => {
    const position = `page ${page}, record ${index + 1}`;
    if (typeof item === 'object' && item !== null && !Array.isArray(item)) {
      found.records.push(item as Row);
      found.positions.push(position);
    } else {
      const message = 'The record is not an object with fields. Check the path of the records.';
      found.rejects.push({ raw: item, position, code: 'malformed_row', message });
    }
  });
  return found;
}

function noList(body: unknown, path: string | undefined, page: number, http: HttpClient): MillraceError {
  const where = path === undefined ? 'the answer itself' : `"${path}" of the answer`;
  const advice =
    path === undefined ? 'Set the path of the records.' : 'Correct the path of the records, or the address of the API.';
  return new MillraceError(
    'invalid_response',
    `Page ${page}: ${where} was expected to be a list of records, but the answer is ${shapeOf(body)}: ${excerpt(JSON.stringify(body), http)}. ${advice}`,
  );
}

function shapeOf(body: unknown): string {
  if (Array.isArray(body)) return 'a list';
  if (typeof body !== 'object' || body === null) return body === null ? 'null' : `a ${typeof body}`;
  return `an object with ${Object.keys(body).slice(0, 8).join(', ') || 'no fields'}`;
}
