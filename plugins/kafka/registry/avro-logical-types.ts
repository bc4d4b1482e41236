import { parseTime } from '@millrace/sdk';
import avro, { type Schema } from 'avsc';

const dayMs = 86_400_000;

/** Avro's logical types as JSON data: times as ISO texts, decimals as texts of digits. */
export const logicalTypes = {
  'timestamp-millis': timestamp(1),
  'timestamp-micros': timestamp(1_000),
  'local-timestamp-millis': timestamp(1, ''),
  'local-timestamp-micros': timestamp(1_000, ''),
  date: logicalType<number, string>({
    read: (days) => new Date(days * dayMs).toISOString().slice(0, 10),
    write: (text) => (typeof text === 'string' ? numberOr(Math.floor(parseTime(text) / dayMs)) : undefined),
  }),
  decimal: decimalType(),
};

interface Conversion<Stored, Value> {
  read: (stored: Stored) => Value;
  /** Undefined: it does not fit. */
  write: (value: unknown) => Stored | undefined;
}

/** `zone`: what the ISO text ends with; a local time has none. What is finer than a millisecond stands behind it. */
function timestamp(perMs: 1 | 1_000, zone = 'Z') {
  return logicalType<number | string, string>({
    read(stored) {
      const ms = Math.floor(Number(stored) / perMs);
      const finer = Number(stored) - ms * perMs;
      const digits = finer === 0 ? '' : String(finer).padStart(3, '0');
      return new Date(ms).toISOString().replace('Z', digits + zone);
    },
    write(value) {
      if (typeof value !== 'string') return undefined;
      const [, finer = ''] = /[.,]\d{3}(\d{1,3})/.exec(value) ?? [];
      return numberOr(parseTime(value) * perMs + (perMs === 1 ? 0 : Number(finer.padEnd(3, '0'))));
    },
  });
}

function logicalType<Stored, Value>({ read, write }: Conversion<Stored, Value>) {
  return class extends avro.types.LogicalType {
    protected override _fromValue(stored: Stored): Value {
      return read(stored);
    }

    protected override _toValue(value: unknown): Stored | undefined {
      return write(value);
    }
  };
}

/** An unscaled two's-complement integer, with its scale in the schema. */
function decimalType() {
  return class extends avro.types.LogicalType {
    readonly #scale: number;

    constructor(schema: Schema, options?: unknown) {
      super(schema, options);
      const { scale = 0 } = schema as { scale?: number };
      this.#scale = scale;
    }

    protected override _fromValue(bytes: Buffer): string {
      if (bytes.length === 0) return '0';
      const unscaled = BigInt.asIntN(bytes.length * 8, BigInt(`0x${bytes.toString('hex')}`));
      return shifted(unscaled, this.#scale);
    }

    protected override _toValue(value: unknown): Buffer | undefined {
      const unscaled = unscaledOf(value, this.#scale);
      if (unscaled === undefined) return undefined;
      let bytes = 1;
      while (BigInt.asIntN(bytes * 8, unscaled) !== unscaled) bytes++;
      const hex = BigInt.asUintN(bytes * 8, unscaled).toString(16);
      return Buffer.from(hex.padStart(bytes * 2, '0'), 'hex');
    }
  };
}

function shifted(unscaled: bigint, scale: number): string {
  if (scale === 0) return String(unscaled);
  const sign = unscaled < 0n ? '-' : '';
  const digits = String(unscaled < 0n ? -unscaled : unscaled).padStart(scale + 1, '0');
  return `${sign}${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
}

/** Undefined: no number, or with more digits behind the point than the scale has. */
function unscaledOf(value: unknown, scale: number): bigint | undefined {
  const text = typeof value === 'number' ? String(value) : value;
  const match = typeof text === 'string' ? /^(-?\d+)(?:\.(\d+))?$/.exec(text) : null;
  if (!match) return undefined;
  const [, whole = '', fraction = ''] = match;
  if (fraction.replace(/0+$/, '').length > scale) return undefined;
  return BigInt(whole + fraction.slice(0, scale).padEnd(scale, '0'));
}

function numberOr(value: number): number | undefined {
  return Number.isSafeInteger(value) ? value : undefined;
}
