import { asRecord, documentLevels, isObject, MillraceError, messageOf, parseJson, type Page } from '@millrace/sdk';
import type { FileConfig } from '../config.ts';
import type { DecodedFile } from './decoded-file.ts';
import { documentBytes } from './limits.ts';
import { PageBuilder } from './page-builder.ts';
import type { Reading } from './reading.ts';

/** Reads one JSON document that holds a list; `resume.offset` counts its elements. */
export async function* readDocument(
  file: DecodedFile,
  config: FileConfig,
  reading: Reading = {},
): AsyncGenerator<Page> {
  const { document, bytes } = await parse(file);
  const list = listIn(document, config.recordsPath, file.name);
  const page = new PageBuilder(reading);
  for (let index = reading.resume?.offset ?? 0; index < list.length; index += 1) {
    const element = list[index];
    page.add(asRecord(element), `${file.name}[${index}]`, bytes / list.length, element);
    if (page.full || index === list.length - 1) {
      yield page.take({ file: file.name, offset: index + 1, line: 1, version: file.version });
    }
  }
}

async function parse(file: DecodedFile): Promise<{ document: unknown; bytes: number }> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of await file.from(file.encoding.markBytes)) {
    chunks.push(chunk);
    length += chunk.length;
    if (length > documentBytes) throw tooLarge(file.name);
  }
  const bytes = Buffer.concat(chunks).toString('latin1');
  const text = file.decode(bytes);
  if (text === undefined) {
    throw new MillraceError(
      'invalid_encoding',
      `${file.name}: the bytes are not ${file.encoding.name}. Set its encoding.`,
    );
  }
  try {
    return { document: parseJson(text, documentLevels), bytes: length };
  } catch (error) {
    throw new MillraceError(
      'invalid_response',
      `${file.name} is not a JSON document: ${messageOf(error)}. Correct it, or set the format to jsonl if each line is a record.`,
      { cause: error },
    );
  }
}

/** The list at a dotted path; a single object is a list of one. */
function listIn(document: unknown, path: string | undefined, file: string): unknown[] {
  let value = document;
  for (const name of path?.split('.') ?? []) {
    value = isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;
  }
  if (Array.isArray(value)) return value;
  if (isObject(value) && path === undefined) return [value];
  throw new MillraceError(
    'invalid_response',
    `${file} has no list ${path === undefined ? 'at its top' : `at "${path}"`}. Set "recordsPath" to where the records are, such as data.customers.`,
  );
}

function tooLarge(file: string): MillraceError {
  return new MillraceError(
    'response_too_large',
    `${file} has more than ${documentBytes / 1_000_000} MB, too much for one JSON document. Provide JSON Lines instead.`,
  );
}
