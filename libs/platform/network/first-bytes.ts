import type { Readable } from 'node:stream';

/** More than is shown to anybody, so that no secret in it is cut in two and missed. */
const enough = 4_000;
const patienceMs = 1_000;

/** How an answer begins, for people to read: what it did is known by its status, even where it falls silent, breaks off or has no end. */
export async function firstBytes(body: Readable): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  const timer = setTimeout(() => body.destroy(), patienceMs);
  try {
    for await (const chunk of body as AsyncIterable<Buffer>) {
      chunks.push(chunk);
      bytes += chunk.length;
      if (bytes >= enough) break; // leaving the loop destroys the stream
    }
  } catch {
    // The beginning has to do.
  } finally {
    clearTimeout(timer);
  }
  return Buffer.concat(chunks);
}
