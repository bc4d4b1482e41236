import { Readable, finished } from 'node:stream';
import { failureOf, timedOut, tooLarge } from './http-errors.ts';

export interface BodyLimits {
  host: string;
  maxBytes: number;
  /** Milliseconds without a byte. */
  idleMs: number;
  onEnd: () => void;
}

/** A streamed answer that fails with our errors: when it is too large, falls silent, breaks off. */
export function guardedBody(body: Readable, limits: BodyLimits): Readable {
  const guarded = Readable.from(chunks(body, limits), { objectMode: false });
  const endReading = guarded._destroy.bind(guarded);
  guarded._destroy = (error, done) => {
    body.destroy(); // first: what reads it waits for its next chunk
    endReading(error, done);
  };
  finished(body, limits.onEnd);
  return guarded;
}

async function* chunks(body: Readable, { host, maxBytes, idleMs }: BodyLimits): AsyncGenerator<Buffer> {
  let bytes = 0;
  const idle = setTimeout(() => body.destroy(timedOut(host, idleMs)), idleMs);
  try {
    for await (const chunk of body as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      if (bytes > maxBytes) throw tooLarge(host, maxBytes);
      yield chunk;
      idle.refresh(); // also after a slow reader, who is no fault of the other side
    }
  } catch (error) {
    throw failureOf(host, error, maxBytes);
  } finally {
    clearTimeout(idle);
  }
}
