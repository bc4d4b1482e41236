import { MillraceError } from '@millrace/sdk';

/** Bytes that a compressed batch may become: what a broker accepts is rarely over 1 MB, so more is a mistake or an attack. */
const maxBytes = 100_000_000;

/** xerial's framing of snappy, as Java clients write it: https://github.com/xerial/snappy-java, SnappyOutputStream. */
const xerialMagic = Buffer.from([0x82, 0x53, 0x4e, 0x41, 0x50, 0x50, 0x59, 0x00]);
const xerialHeader = Buffer.concat([xerialMagic, Buffer.from([0, 0, 0, 1, 0, 0, 0, 1])]);

/** How kafkajs wants a codec; `encoder` holds the bytes of the messages. */
export interface Codec {
  compress: (encoder: { buffer: Buffer }) => Promise<Buffer>;
  decompress: (data: Buffer) => Promise<Buffer>;
}

export const snappy: Codec = {
  async compress({ buffer }) {
    const { compress } = (await import('snappyjs')).default;
    const block = Buffer.from(compress(buffer));
    const size = Buffer.alloc(4);
    size.writeInt32BE(block.length);
    return Buffer.concat([xerialHeader, size, block]);
  },
  async decompress(data) {
    const { uncompress } = (await import('snappyjs')).default;
    const plain = (block: Buffer): Buffer => Buffer.from(uncompress(block, maxBytes));
    if (!data.subarray(0, xerialMagic.length).equals(xerialMagic)) return plain(data);
    const blocks: Buffer[] = [];
    let total = 0;
    for (let at = xerialHeader.length; at < data.length;) {
      const end = at + 4 + data.readInt32BE(at);
      const block = plain(data.subarray(at + 4, end));
      total = bounded(total + block.length);
      blocks.push(block);
      at = end;
    }
    return Buffer.concat(blocks);
  },
};

/** LZ4 frames. */
export const lz4: Codec = {
  compress: cannotWrite,
  async decompress(data) {
    const { decompress } = (await import('lz4js')).default;
    return Buffer.from(decompress(data));
  },
};

export const zstd: Codec = {
  compress: cannotWrite,
  async decompress(data) {
    const { Decompress } = await import('fzstd');
    const chunks: Uint8Array[] = [];
    let total = 0;
    const stream = new Decompress((chunk) => {
      total = bounded(total + chunk.length);
      chunks.push(chunk);
    });
    stream.push(data, true);
    return Buffer.concat(chunks);
  },
};

/** Nothing is sent like this: Node 20 has no encoders, and brokers refuse the frames of lz4js. */
async function cannotWrite(): Promise<never> {
  throw new MillraceError('invalid_config', 'Messages can be sent with gzip or snappy. Choose one of them.');
}

function bounded(bytes: number): number {
  if (bytes <= maxBytes) return bytes;
  throw new MillraceError('response_too_large', `A compressed batch holds more than ${maxBytes / 1_000_000} MB.`);
}
