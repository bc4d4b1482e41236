import { hash } from 'node:crypto';

const longest = 100;

/**
 * A name for URLs and syncs: `<connection>.<stream>`, with `~` and two hex digits for characters that have no place in a URL. What is very long
 * ends with a hash.
 */
export function datasetName(connection: string, stream: string): string {
  const name = `${connection}.${encodeURIComponent(Buffer.from(stream).toString()).replaceAll('%', '~')}`;
  return name.length <= longest ? name : `${name.slice(0, longest - 11)}~${shortHash(stream)}`;
}

/** For a stream whose usual name belongs to another one: slugs can be given to other connections. */
export function furtherName(connection: string, stream: string): string {
  return `${connection}.${shortHash(stream)}`;
}

function shortHash(text: string): string {
  return hash('sha256', text, 'hex').slice(0, 10);
}
