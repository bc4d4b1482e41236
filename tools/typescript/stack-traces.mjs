import { readFileSync } from 'node:fs';
import { SourceMap } from 'node:module';
import { fileURLToPath } from 'node:url';
import { compiledPath } from './compiled-path.mjs';

const maps = new Map();

/**
 * Names places as they are in the `.ts` files. Maps are read when a stack is looked at: Node's own support keeps those of all modules in memory,
 * a sixth of an idle server's heap.
 */
export function prepareStackTrace(error, frames) {
  return [headOf(error), ...frames.map((frame) => `    at ${told(frame)}`)].join('\n');
}

function headOf(error) {
  try {
    return Error.prototype.toString.call(error);
  } catch {
    return 'Error'; // a name or message that cannot be read
  }
}

function told(frame) {
  const text = String(frame);
  const url = frame.getFileName();
  const line = frame.getLineNumber();
  const column = frame.getColumnNumber();
  if (!line || !column || !/^file:.*\.ts(\?.*)?$/.test(url ?? '')) return text;
  const entry = mapOf(url)?.findEntry(line - 1, column - 1);
  return entry?.originalLine === undefined
    ? text
    : text.replace(`${url}:${line}:${column}`, () => `${url}:${entry.originalLine + 1}:${entry.originalColumn + 1}`);
}

/** None where the file was changed since it was loaded. */
function mapOf(url) {
  if (!maps.has(url)) maps.set(url, readMap(fileURLToPath(url.replace(/\?.*$/, ''))));
  return maps.get(url);
}

function readMap(path) {
  try {
    return new SourceMap(JSON.parse(readFileSync(`${compiledPath(path, readFileSync(path, 'utf8'))}.map`, 'utf8')));
  } catch {
    return undefined;
  }
}
