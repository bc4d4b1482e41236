/** What a field holds. Integers and other numbers are one type; times and bytes count as the text that they become in JSON. */
export type JsonType = 'string' | 'number' | 'boolean' | 'object' | 'array';

export const jsonTypes: JsonType[] = ['string', 'number', 'boolean', 'object', 'array'];

/** Types as bits of one number, so that a row is compared without allocating anything. */
export const typeBit: Record<JsonType, number> = { string: 1, number: 2, boolean: 4, object: 8, array: 16 };

/** 0: null, which says nothing of a field's type. */
export function bitOf(value: unknown): number {
  switch (typeof value) {
    case 'string':
      return typeBit.string;
    case 'number':
    case 'bigint':
      return typeBit.number;
    case 'boolean':
      return typeBit.boolean;
    case 'object':
      if (value === null) return 0;
      if (Array.isArray(value)) return typeBit.array;
      return isPlain(value) ? typeBit.object : typeBit.string;
    default:
      return 0;
  }
}

export function bitsOf(types: readonly JsonType[]): number {
  return types.reduce((bits, type) => bits | typeBit[type], 0);
}

export function typesOf(bits: number): JsonType[] {
  return jsonTypes.filter((type) => (bits & typeBit[type]) !== 0);
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
