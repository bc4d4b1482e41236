/** A stream of bytes whose beginning was looked at. */
export interface Peeked {
  head: Buffer;
  /** The head is all there is. */
  complete: boolean;
  /** Everything, the head included. */
  all: AsyncGenerator<Buffer>;
}

/** Reads at least `size` bytes ahead (or to the end) without losing them. */
export async function peek(chunks: AsyncIterator<Buffer>, size: number): Promise<Peeked> {
  const read: Buffer[] = [];
  let length = 0;
  let complete = false;
  while (length < size) {
    const next = await chunks.next();
    if (next.done) {
      complete = true;
      break;
    }
    read.push(next.value);
    length += next.value.length;
  }
  const bytes = Buffer.concat(read);
  return { head: bytes.subarray(0, size), complete: complete && length <= size, all: whole(bytes, chunks) };
}

async function* whole(start: Buffer, rest: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
  if (start.length > 0) yield start;
  for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value;
}

/** Leaves out the first `count` bytes. */
export async function* skipBytes(chunks: AsyncIterable<Buffer>, count: number): AsyncGenerator<Buffer> {
  let left = count;
  for await (const chunk of chunks) {
    if (chunk.length > left) yield left > 0 ? chunk.subarray(left) : chunk;
    left = Math.max(0, left - chunk.length);
  }
}
