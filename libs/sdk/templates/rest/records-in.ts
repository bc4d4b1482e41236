import type { HttpClient, PageReject } from '../../connector/index.ts';
import { MillraceError } from '../../errors/index.ts';
import { isObject } from '../../is-object.ts';
import type { Row } from '../../json.ts';
import { compilePath } from '../../mapping/index.ts';
import { errorsByRecord, type GraphqlError } from '../graphql/index.ts';
import { excerpt } from './excerpt.ts';
import { tellsError } from './told-error.ts';

export interface PageRecords {
  records: Row[];
  positions: string[];
  rejects: PageReject[];
  /** Everything in the list. */
  count: number;
}

export type RecordsReader = (body: unknown, page: number, http: HttpClient) => PageRecords;

/** Takes the list out of an answer; what is in it but no object, or by a GraphQL error not whole, becomes a reject. Throws `invalid_response` where there is no list. */
export function listReader(path: string | undefined): RecordsReader {
  const read = path === undefined ? (body: Row): unknown => body : compilePath(path);
  return (body, page, http) => {
    const found = read(body as Row);
    const isNone = body === undefined || (found === null && path !== undefined); // how some APIs write an empty list
    const list = isNone ? [] : found;
    if (!Array.isArray(list)) throw noList(body, path, page, http);
    if (list.length === 0 && tellsError(body)) throw failed(body, page, http);
    const { ofRecords } = errorsByRecord(body, path);
    return sorted(list as unknown[], page, (index) => faultOf(ofRecords.get(index), http));
  };
}

type Fault = Pick<PageReject, 'code' | 'message'>;

function sorted(list: unknown[], page: number, brokenBy: (index: number) => Fault | undefined): PageRecords {
  const found: PageRecords = { records: [], positions: [], rejects: [], count: list.length };
  list.forEach((item, index) => {
    const position = `page ${page}, record ${index + 1}`;
    const broken = brokenBy(index);
    if (broken) {
      found.rejects.push({ raw: JSON.stringify(item), position, ...broken }); // as text: it is not whole, so a replay must not write it
    } else if (isObject(item)) {
      found.records.push(item);
      found.positions.push(position);
    } else {
      const message = 'The record is not an object with fields. Check the path of the records.';
      found.rejects.push({ raw: item, position, code: 'malformed_row', message });
    }
  });
  return found;
}

/** What is null for an error is not empty at the source: it must not replace what is known. */
function faultOf(error: GraphqlError | undefined, http: HttpClient): Fault | undefined {
  if (!error) return undefined;
  const field = error.path.slice(-1).join('');
  const message = `The GraphQL API could not give "${field}" of the record: ${excerpt(error.message, http)}. Read it again later, or leave the field out.`;
  return { code: error.code ?? 'remote_error', message };
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

/** An empty list would say that nothing is there, or nothing any more. */
function failed(body: unknown, page: number, http: HttpClient): MillraceError {
  return new MillraceError(
    'invalid_response',
    `Page ${page}: the answer has no records and tells of an error, whatever its status says: ${excerpt(JSON.stringify(body), http)}. Check the credentials and the parameters of the stream.`,
  );
}

function shapeOf(body: unknown): string {
  if (Array.isArray(body)) return 'a list';
  if (typeof body !== 'object' || body === null) return body === null ? 'null' : `a ${typeof body}`;
  return `an object with ${Object.keys(body).slice(0, 8).join(', ') || 'no fields'}`;
}
