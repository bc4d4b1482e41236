import type { Row } from '../json.ts';
import { invalidMapping, RuleFault } from './faults.ts';
import { parsePath, type PathStep } from './parse-path.ts';
import { Scanner } from './scanner.ts';

export type Reader = (value: unknown) => unknown;

export const maxRuleLength = 2000;

/**
 * Compiles `a.b`, `a[0].b`, `a[-1]`, `lines[*].price`, `["odd name"]` or `$` (the whole row) to a function that reads it.
 * Only own properties are read; what is missing is `undefined`. `[*]` gives one flat list without missing values, and
 * `undefined` where there is no list. Throws `invalid_mapping`.
 */
export function compilePath(path: string): (row: Row) => unknown {
  return readerOf(pathSteps(path));
}

/** The steps of such a path. Throws `invalid_mapping`. */
export function pathSteps(path: string): PathStep[] {
  try {
    if (typeof path !== 'string') throw new RuleFault('a path is text such as "address.city".');
    if (path.length > maxRuleLength) throw new RuleFault(`the path is longer than ${maxRuleLength} characters.`);
    const scanner = new Scanner(path.trim());
    const steps = parsePath(scanner);
    if (!scanner.done) scanner.fail(`expected "." or "[" or the end of the path, found ${scanner.found()}.`);
    return steps;
  } catch (thrown) {
    if (thrown instanceof RuleFault) throw invalidMapping(thrown, { rule: String(path) });
    throw thrown;
  }
}

export function readerOf(steps: PathStep[]): Reader {
  let reader: Reader = (value) => value;
  let nested = false;
  for (const step of steps.toReversed()) {
    if (step.kind === 'name') reader = nameReader(step.name, reader);
    else if (step.kind === 'index') reader = indexReader(step.index, reader);
    else {
      reader = listReader(reader, nested);
      nested = true;
    }
  }
  return reader;
}

/** A name that reads the same is the same, whether its letters are composed or not: files of macOS write é in two characters. The one as written counts first. */
function nameReader(name: string, next: Reader): Reader {
  const forms = [...new Set([name, name.normalize('NFC'), name.normalize('NFD')])];
  if (forms.length > 1) return formsReader(forms, next);
  return (value) =>
    typeof value === 'object' && value !== null && Object.hasOwn(value, name) ? next((value as Row)[name]) : undefined;
}

function formsReader(forms: readonly string[], next: Reader): Reader {
  return (value) => {
    if (typeof value !== 'object' || value === null) return undefined;
    const form = forms.find((one) => Object.hasOwn(value, one));
    return form === undefined ? undefined : next((value as Row)[form]);
  };
}

function indexReader(index: number, next: Reader): Reader {
  return (value) => (Array.isArray(value) ? next(value.at(index)) : undefined);
}

/** `nested`: the rest of the path gives lists too, which become part of this one. */
function listReader(next: Reader, nested: boolean): Reader {
  return (value) => {
    if (!Array.isArray(value)) return undefined;
    const list: unknown[] = [];
    for (const element of value as unknown[]) {
      const read = next(element);
      if (nested && Array.isArray(read)) for (const item of read) list.push(item);
      else if (read !== undefined) list.push(read);
    }
    return list;
  };
}
