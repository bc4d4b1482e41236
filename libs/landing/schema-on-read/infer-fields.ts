import type { Row } from '@millrace/sdk';
import { identitiesIn } from '#platform';
import { shapeOf } from './shape.ts';

export type FieldType = 'text' | 'number' | 'boolean' | 'null' | 'object' | 'list';

/** What was seen of a field. */
export interface SeenField {
  /** As in mappings: `address.city`, `lines[*].price`, `["odd name"]`. */
  path: string;
  /** Type → values seen. */
  types: Partial<Record<FieldType, number>>;
  /** Share of the rows in which it is there and neither null nor empty text. */
  filled: number;
  /** How texts look, the most frequent first: `xxx@xxxxx.xxx`. */
  shapes: string[];
}

const maxFields = 500;
const maxDepth = 8;
const maxShapes = 20;
const toldShapes = 3;

interface Tally {
  types: Map<FieldType, number>;
  shapes: Map<string, number>;
  filled: number;
  /** The last row that filled it: a list's elements fill it once. */
  filledBy?: number;
}

/** Gathers the fields of rows, 500 of them at most. */
export class FieldTally {
  readonly #fields = new Map<string, Tally>();
  #rows = 0;
  /** Whether fields were left out. */
  cut = false;

  add(row: Row): void {
    this.#rows++;
    this.#fieldsOf(row, '', 1);
  }

  get rows(): number {
    return this.#rows;
  }

  /** Sorted by path. */
  fields(): SeenField[] {
    return [...this.#fields]
      .map(([path, { types, shapes, filled }]) => ({
        path,
        types: Object.fromEntries(types),
        filled: filled / this.#rows,
        shapes: [...shapes]
          .sort(([, x], [, y]) => y - x)
          .slice(0, toldShapes)
          .map(([shape]) => shape),
      }))
      .sort((x, y) => (x.path < y.path ? -1 : 1));
  }

  #fieldsOf(row: object, prefix: string, depth: number): void {
    for (const [name, value] of Object.entries(row)) this.#see(pathOf(prefix, name), value, depth);
  }

  #see(path: string, value: unknown, depth: number): void {
    const tally = this.#tally(path);
    if (!tally) return;
    const type = typeOf(value);
    tally.types.set(type, (tally.types.get(type) ?? 0) + 1);
    if (value !== null && value !== '' && tally.filledBy !== this.#rows) {
      tally.filled++;
      tally.filledBy = this.#rows;
    }
    const shape = shapeOf(value);
    if (shape !== undefined && (tally.shapes.has(shape) || tally.shapes.size < maxShapes))
      tally.shapes.set(shape, (tally.shapes.get(shape) ?? 0) + 1);
    if (typeof value !== 'object' || value === null) return;
    if (depth === maxDepth) this.cut = true;
    else if (Array.isArray(value)) for (const element of value) this.#see(`${path}[*]`, element, depth + 1);
    else this.#fieldsOf(value, path, depth + 1);
  }

  #tally(path: string): Tally | undefined {
    const known = this.#fields.get(path);
    if (known) return known;
    if (this.#fields.size === maxFields) {
      this.cut = true;
      return undefined;
    }
    const tally: Tally = { types: new Map(), shapes: new Map(), filled: 0 };
    this.#fields.set(path, tally);
    return tally;
  }
}

function pathOf(prefix: string, name: string): string {
  if (!/^[\p{L}\p{N}_$-]+$/u.test(name)) return `${prefix}[${JSON.stringify(toldName(name))}]`;
  return prefix === '' ? name : `${prefix}.${name}`;
}

/** Maps from people to something name people: they are told by their shape, as values are, and are one field. */
function toldName(name: string): string {
  const isPerson = identitiesIn(JSON.stringify(name)).length > 0;
  return (isPerson ? shapeOf(name) : undefined) ?? name.slice(0, 200);
}

function typeOf(value: unknown): FieldType {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'list';
  if (typeof value === 'string') return 'text';
  return typeof value === 'number' || typeof value === 'boolean' ? (typeof value as 'number' | 'boolean') : 'object';
}
