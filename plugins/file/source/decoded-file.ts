import { pipeline, Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { MillraceError, messageOf } from '@millrace/sdk';
import type { FileConfig } from '../config.ts';
import type { ByteSource } from './byte-source.ts';
import { peek, skipBytes } from './chunks.ts';
import { decoderOf, encodingOf, transcode, type Encoding } from './encoding.ts';
import { headBytes } from './limits.ts';

/** A file without its compression, in an encoding whose line ends are bytes. Offsets count these bytes. */
export interface DecodedFile {
  name: string;
  encoding: Encoding;
  /** Text of bytes that were read as latin1; undefined: they are not of the encoding. */
  decode: (bytes: string) => string | undefined;
  head: Buffer;
  /** The head is the whole file. */
  complete: boolean;
  version: string;
  /** Its bytes are those of the file, and reading can start anywhere. */
  seekable: boolean;
  /** Bytes from `offset` on: by seeking where that is possible, else by reading over them. Call it once. */
  from(offset: number): Promise<AsyncIterable<Buffer>>;
  /** Throws `file_changed` where what was read since may be of another content. */
  refuseChange(): Promise<void>;
  close(): void;
}

/** Opens a file and looks at its beginning; close it. */
export async function openDecoded(source: ByteSource, config: FileConfig): Promise<DecodedFile> {
  const opened: Readable[] = [];
  const close = () => opened.forEach((stream) => stream.destroy());
  const open = async (start: number) => {
    const stream = await source.open(start);
    opened.push(stream);
    return stream;
  };
  try {
    const raw = await peek(bytesOf(await open(0)), 2);
    const version = await source.version();
    const gzip = config.compression === 'gzip' || (config.compression === 'auto' && isGzip(raw.head));
    const plain = gzip ? unzip(raw.all, source.name, opened) : raw.all;
    const start = await peek(plain, headBytes);
    const encoding = encodingOf(start.head, config.encoding, source.name);
    const text = encoding.ascii ? start : await peek(transcode(start.all, encoding.name), headBytes);
    const seekable = source.seekable && !gzip && encoding.ascii;
    const refuseChange = async (): Promise<void> => {
      if ((await source.version()) !== version) throw fileChanged(source.name);
    };
    return {
      name: source.name,
      encoding,
      decode: decoderOf(encoding),
      head: text.head,
      complete: text.complete,
      version,
      seekable,
      async from(offset) {
        if (!seekable || offset <= headBytes) return skipBytes(text.all, offset);
        close();
        return open(offset);
      },
      refuseChange,
      close,
    };
  } catch (error) {
    close();
    throw error;
  }
}

export function fileChanged(file: string): MillraceError {
  return new MillraceError(
    'file_changed',
    `${file} was changed while this run was reading it. Start a new run; write files under another name and rename them when they are finished.`,
  );
}

function bytesOf(stream: Readable): AsyncIterator<Buffer> {
  return (stream as AsyncIterable<Buffer>)[Symbol.asyncIterator]();
}

function isGzip(head: Buffer): boolean {
  return head[0] === 0x1f && head[1] === 0x8b;
}

async function* unzip(chunks: AsyncIterable<Buffer>, file: string, opened: Readable[]): AsyncGenerator<Buffer> {
  const input = Readable.from(chunks, { objectMode: false });
  const gunzip = createGunzip({ chunkSize: 128 * 1024 });
  opened.push(gunzip);
  pipeline(input, gunzip, () => undefined); // an error ends `gunzip`, whose reader gets it below
  try {
    for await (const chunk of gunzip as AsyncIterable<Buffer>) yield chunk;
  } catch (error) {
    if (!isZlibError(error)) throw error;
    throw new MillraceError(
      'invalid_response',
      `${file}: the gzip data is damaged or cut off (${messageOf(error)}). Provide the file again.`,
      { cause: error },
    );
  }
}

function isZlibError(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && String(error.code).startsWith('Z_');
}
