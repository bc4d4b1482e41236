import { isDeepStrictEqual } from 'node:util';
import { compilePath, compileSchema, fieldList, pageFault, type Page, type Stream } from '../../index.ts';
import { fault } from './fault.ts';
import { whyNotPlain } from './plain-data.ts';

/** Throws when a page is not what the contract says. `what` names its stream. */
export function checkPage(what: string, stream: Stream, page: Page): void {
  const why = pageFault(page);
  if (why) throw fault(`${what} yields something that ${why}.`);
  checkRecords(what, page);
  const { resume, deletes = [], times } = page;
  const strange = resume === undefined ? undefined : whyNotPlain(resume, 'resume');
  if (strange ?? !isDeepStrictEqual(JSON.parse(JSON.stringify(resume ?? null)), resume ?? null)) {
    throw fault(`${what} has a resume that JSON changes${strange ? `: ${strange}` : ''}. Use JSON data only.`);
  }
  const late = [...(times?.records ?? []), ...(times?.deletes ?? [])].find((time) => !isUtcTime(time));
  if (late !== undefined) throw fault(`${what} tells the time ${JSON.stringify(late)}. Give ISO times in UTC.`);
  const width = fieldList(stream.key).length;
  if (deletes.some((key) => key.length !== width)) {
    throw fault(`${what} reports a deletion whose key has not the ${width} values of the stream's key.`);
  }
}

function isUtcTime(time: unknown): boolean {
  return typeof time === 'string' && /^\d{4}-.*Z$/.test(time) && !Number.isNaN(Date.parse(time));
}

function checkRecords(what: string, page: Page): void {
  for (const record of page.records) {
    const why = whyNotPlain(record);
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

/** Throws when a list or a record is used again: the engine writes a page while the next one is read. */
export function checkReuse(what: string, pages: Page[]): void {
  const seen = new Set<unknown>();
  for (const { records } of pages) {
    for (const part of [records, ...records]) {
      if (seen.has(part))
        throw fault(`${what} yields a list or a record that it has yielded before. Make new ones for each page.`);
      seen.add(part);
    }
  }
}

/** Throws when the cursor is in no record, or holds what cannot be compared. */
export function checkCursor(what: string, { cursor }: Stream, pages: Page[]): void {
  if (cursor === undefined) return;
  const read = compilePath(cursor);
  const records = pages.flatMap((page) => page.records);
  const values = records.map((record) => read(record)).filter((value) => value !== undefined && value !== null);
  if (records.length > 0 && values.length === 0)
    throw fault(`${what} has the cursor "${cursor}", which no record has. Correct its path.`);
  const kinds = [...new Set(values.map((value) => typeof value))];
  const [kind, other] = kinds;
  if (other !== undefined)
    throw fault(
      `${what} has the cursor "${cursor}" as ${kinds.join(' and ')}. Convert it, so that values can be compared.`,
    );
  if (kind !== undefined && kind !== 'string' && kind !== 'number')
    throw fault(`${what} has the cursor "${cursor}" as ${kind}. A cursor is text or a number.`);
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
