import avro from 'avsc';

const digits = /^-?\d{1,19}$/;

/** 64-bit integers: numbers where JavaScript's can hold them, else texts of digits. */
export const longType = avro.types.LongType.__with({
  fromBuffer(bytes: Buffer): number | string {
    const value = bytes.readBigInt64LE();
    const number = Number(value);
    return Number.isSafeInteger(number) ? number : String(value);
  },
  toBuffer(value: number | string): Buffer {
    const bytes = Buffer.alloc(8);
    bytes.writeBigInt64LE(BigInt(value));
    return bytes;
  },
  fromJSON: (value: number | string) => value,
  toJSON: (value: number | string) => value,
  isValid: (value: unknown) => Number.isSafeInteger(value) || isLargeLong(value),
  compare(a: number | string, b: number | string): number {
    const difference = BigInt(a) - BigInt(b);
    return difference === 0n ? 0 : difference < 0n ? -1 : 1;
  },
});

/** Texts of smaller numbers are texts: a union may have both. */
function isLargeLong(value: unknown): boolean {
  if (typeof value !== 'string' || !digits.test(value)) return false;
  return !Number.isSafeInteger(Number(value)) && BigInt.asIntN(64, BigInt(value)) === BigInt(value);
}
