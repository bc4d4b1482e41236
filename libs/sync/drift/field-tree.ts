import { fieldPath, fieldSteps, isForbiddenName, type FieldStep, type Row } from '@millrace/sdk';
import { bitOf, bitsOf, typeBit, typesOf, type JsonType } from './json-type.ts';

/** Fields of one sync that are known at most; what comes beyond is not looked at. */
export const maxFields = 2_000;
/** Names of one object: more than that are keys of a table, not fields. */
const maxNames = 500;
const maxDepth = 8;
const maxElements = 100;
const maxPath = 500;
/** A field that fewer of the rows have may be absent from all of them without meaning anything. */
const nearlyAll = 0.9;

/** A field that rows had and that is not known, or not to hold this. */
export interface Finding {
  path: string;
  /** All that it is known to hold now. */
  types: JsonType[];
  /** What it held before the run; null: it was new. */
  before: JsonType[] | null;
  /** Where in the page it was met first. */
  index: number;
}

interface Field {
  steps: readonly FieldStep[];
  path: string;
  /** What it is known to hold, as bits. */
  bits: number;
  isKnown: boolean;
  /** What it held before the run, as bits; undefined: it was new. */
  before?: number;
  /** Rows that had it, and the last of them. */
  rows: number;
  lastRow: number;
  foundAt: number;
  children?: Map<string, Field | undefined>;
  elements?: Field;
}

export interface LoadedField {
  path: string;
  types: readonly JsonType[];
  before: readonly JsonType[] | null;
}

/** The fields of a stream, as a tree that rows are held against. Allocates nothing for rows that show nothing new. */
export class FieldTree {
  private readonly root = newField([]);
  private readonly fields: Field[] = [];
  private found: Field[] = [];
  private seen: Field[] = [];
  private rows = 0;

  constructor(known: readonly LoadedField[] = []) {
    for (const { path, types, before } of known) {
      const field = this.plant(fieldSteps(path));
      if (!field) continue;
      field.isKnown = true;
      field.bits = bitsOf(types);
      field.before = before === null ? undefined : bitsOf(before);
    }
  }

  look(records: readonly Row[]): void {
    for (let index = 0; index < records.length; index++) {
      this.rows++;
      this.lookInto(this.root, records[index] as Row, index);
    }
  }

  /** What was found since the last call; from now on it is known. */
  takeFound(): Finding[] {
    if (this.found.length === 0) return [];
    const found = this.found.map((field): Finding => ({
      path: field.path,
      types: typesOf(field.bits),
      before: field.before === undefined ? null : typesOf(field.before),
      index: field.foundAt,
    }));
    for (const field of this.found) field.foundAt = -1;
    this.found = [];
    return found;
  }

  /** Paths that a row had for the first time since the last call. */
  takeSeen(): string[] {
    if (this.seen.length === 0) return [];
    const paths = this.seen.map(({ path }) => path);
    this.seen = [];
    return paths;
  }

  /** Paths that some rows had, but by far not all. */
  optional(): string[] {
    return this.fields.filter(({ rows }) => rows > 0 && rows < nearlyAll * this.rows).map(({ path }) => path);
  }

  private lookInto(field: Field, value: Row, index: number): void {
    const children = (field.children ??= new Map<string, Field | undefined>());
    for (const name in value) {
      const inner = value[name];
      if (inner === undefined) continue;
      let child = children.get(name);
      if (child === undefined && !children.has(name)) child = this.grow(field, name);
      if (child !== undefined) this.lookAt(child, inner, index);
    }
  }

  private lookAt(field: Field, value: unknown, index: number): void {
    if (field.lastRow !== this.rows) {
      field.lastRow = this.rows;
      if (field.rows++ === 0) this.seen.push(field);
    }
    const bit = bitOf(value);
    if ((bit & ~field.bits) !== 0 || !field.isKnown) this.note(field, bit, index);
    if (bit === typeBit.object) this.lookInto(field, value as Row, index);
    else if (bit === typeBit.array) this.lookThrough(field, value as unknown[], index);
  }

  private lookThrough(field: Field, list: unknown[], index: number): void {
    const elements = field.elements ?? this.grow(field, null);
    if (!elements) return;
    const end = Math.min(list.length, maxElements);
    for (let at = 0; at < end; at++) this.lookAt(elements, list[at], index);
  }

  private note(field: Field, bit: number, index: number): void {
    field.isKnown = true;
    field.bits |= bit;
    if (field.foundAt >= 0) return;
    field.foundAt = index;
    this.found.push(field);
  }

  private plant(steps: readonly FieldStep[]): Field | undefined {
    let field: Field | undefined = this.root;
    for (const step of steps) {
      const next: Field | undefined = step === null ? field?.elements : field?.children?.get(step);
      field = next ?? (field && this.grow(field, step));
    }
    return field === this.root ? undefined : field;
  }

  /** Undefined: one too many, too deep, or with a name that no mapping could read. */
  private grow(parent: Field, step: FieldStep): Field | undefined {
    if (this.fields.length >= maxFields || parent.steps.length >= maxDepth) return undefined;
    if (parent.children && parent.children.size >= maxNames && step !== null) return undefined;
    const field = fieldAt([...parent.steps, step]);
    if (field) this.fields.push(field);
    if (step === null) parent.elements = field;
    else (parent.children ??= new Map<string, Field | undefined>()).set(step, field);
    return field;
  }
}

function fieldAt(steps: FieldStep[]): Field | undefined {
  if (steps.some((step) => step !== null && isForbiddenName(step))) return undefined;
  const field = newField(steps);
  return field.path.length > maxPath ? undefined : field;
}

function newField(steps: FieldStep[]): Field {
  const path = fieldPath(steps);
  return { steps, path, bits: 0, isKnown: false, rows: 0, lastRow: 0, foundAt: -1 };
}
