import { isDeepStrictEqual } from 'node:util';
import { compilePath, compileSchema, errorCodes, fieldList, type Page, type Stream } from '../../index.ts';
import { fault } from './fault.ts';
import { whyNotPlain } from './plain-data.ts';

/** Throws when a page is not what the contract says. `what` names its stream. */
export function checkPage(what: string, stream: Stream, page: Page): void {
  if (!Array.isArray(page.records)) throw fault(`${what} yields a page without a list of records.`);
  checkRecords(what, page);
  const { positions, records, resume, deletes = [], rejects = [] } = page;
  if (positions && positions.length !== records.length) {
    throw fault(`${what} yields ${positions.length} positions for ${records.length} records. Give one for each.`);
  }
  if (resume !== undefined && !isDeepStrictEqual(JSON.parse(JSON.stringify(resume)), resume)) {
    throw fault(`${what} has a resume that JSON changes: ${JSON.stringify(resume)}. Use JSON data only.`);
  }
  const width = fieldList(stream.key).length;
  if (deletes.some((key) => !Array.isArray(key) || key.length !== width || !key.every(isKeyValue))) {
    throw fault(`${what} reports a deletion whose key has not the ${width} values of the stream's key.`);
  }
  for (const reject of rejects) {
    if (!Object.hasOwn(errorCodes, reject.code))
      throw fault(`${what} rejects a row with the unknown code "${reject.code}".`);
    if (!reject.position || !reject.message) throw fault(`${what} rejects a row without its position or message.`);
  }
}

function checkRecords(what: string, page: Page): void {
  for (const record of page.records) {
    const isRow = typeof record === 'object' && record !== null && !Array.isArray(record);
    const why = isRow ? whyNotPlain(record) : 'it is no object';
    if (why) throw fault(`${what} yields a record that is not plain data: ${why}. Convert it (times to ISO text).`);
  }
}

/** Throws when a record does not fit the declared schema. */
export function checkSchema(what: string, stream: Stream, pages: Page[]): void {
  if (!stream.schema) return;
  const validate = compileSchema(stream.schema);
  for (const record of pages.flatMap((page) => page.records)) {
    const [first] = validate(JSON.parse(JSON.stringify(record)));
    if (first) throw fault(`${what} yields a record that does not fit its schema: ${first.path} ${first.message}.`);
  }
}

/** Throws when a record has no key, or one that another record has. Streams without a key are left alone. */
export function checkKeys(what: string, stream: Stream, pages: Page[]): void {
  const fields = fieldList(stream.key);
  if (fields.length === 0) return;
  const read = fields.map((field) => compilePath(field));
  const seen = new Set<string>();
  for (const record of pages.flatMap((page) => page.records)) {
    const key = read.map((value) => value(record));
    if (!key.every(isKeyValue)) throw fault(`${what} yields a record without its key (${fields.join(', ')}).`);
    const text = JSON.stringify(key);
    if (seen.has(text)) throw fault(`${what} yields the key ${text} twice. Each row belongs on one page.`);
    seen.add(text);
  }
}

function isKeyValue(value: unknown): boolean {
  return (typeof value === 'string' && value !== '') || Number.isFinite(value);
}
