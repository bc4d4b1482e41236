import type { Around, Dialect, Shown } from '../dialect.ts';
import { Untranslatable, withoutNot, type Comparison, type Condition, type Value } from '../expression.ts';
import { Fields, unsubscribePath } from '../fields.ts';

/** What differs between vendors that speak Handlebars. */
export interface HandlebarsVendor {
  /** Blocks by comparison. */
  comparing: Partial<Record<Comparison, string>>;
  unsubscribe: string;
  /** A call as this vendor writes it: name and arguments, printed. Throws Untranslatable. */
  call(name: string, args: readonly string[], named: string): string;
  lost: readonly string[];
  /** What is lost by comparing by size. */
  lostByComparing?: string;
}

/** Names stay as they are: these vendors are given the data with each mail, or know it by the same names. */
export function handlebarsDialect(vendor: HandlebarsVendor, told: Readonly<Record<string, string>>): Dialect {
  const lost = new Set(vendor.lost);
  const fields = new Fields(told, {}, (segments) => segments.map(printed).join('.'));
  const inner = (value: Value, loops: number): string => {
    switch (value.kind) {
      case 'literal':
        return typeof value.value === 'string' ? `"${value.value.replaceAll('"', '\\"')}"` : String(value.value);
      case 'person':
        return (loops > 0 ? '@root.' : '') + fields.of(value.segments);
      case 'entry':
        return '../'.repeat(loops - value.loop) + (value.segments.map(printed).join('.') || 'this');
      case 'position':
        if (value.loop !== loops) throw new Untranslatable('the position in an outer list has no name');
        return `@${value.name}`;
      case 'call':
        return `(${callOf(value, loops)})`;
    }
  };
  const callOf = ({ name, args, named }: Extract<Value, { kind: 'call' }>, loops: number): string =>
    vendor.call(
      name,
      args.map((arg) => inner(arg, loops)),
      Object.entries(named)
        .map(([key, value]) => ` ${key}=${inner(value, loops)}`)
        .join(''),
    );
  return {
    fields,
    lost,
    syntax: /\{\{/,
    show(value: Value, { escaped, html, loops }: Shown): string {
      if (isUnsubscribe(value)) return vendor.unsubscribe;
      const text = value.kind === 'call' ? callOf(value, loops) : inner(value, loops);
      // Subjects and plain texts are escaped by Handlebars, too.
      return escaped && html ? `{{${text}}}` : `{{{${text}}}}`;
    },
    choose(condition: Condition, then: string, otherwise: string, { loops }: Around): string {
      if (vendor.lostByComparing !== undefined && comparesSize(condition)) lost.add(vendor.lostByComparing);
      return chosen(vendor, withoutNot(condition), then, otherwise, (value) => inner(value, loops));
    },
    each(list, loop, body, otherwise) {
      const rest = otherwise === '' ? '' : `{{else}}${otherwise}`;
      return `{{#each ${inner(list, loop - 1)}}}${body}${rest}{{/each}}`;
    },
  };
}

export function isUnsubscribe(value: Value): boolean {
  return value.kind === 'person' && value.segments.join('.') === unsubscribePath;
}

function chosen(
  vendor: HandlebarsVendor,
  condition: Condition,
  then: string,
  otherwise: string,
  print: (value: Value) => string,
): string {
  const block = (name: string, args: readonly string[], yes: string, no: string): string =>
    `{{#${[name, ...args].join(' ')}}}${yes}${no === '' ? '' : `{{else}}${no}`}{{/${name}}}`;
  if (condition.kind === 'present') return block('if', [print(condition.value)], then, otherwise);
  if (condition.kind === 'not' && condition.of.kind === 'present')
    return block('unless', [print(condition.of.value)], then, otherwise);
  if (condition.kind === 'compare') {
    const args = [print(condition.a), print(condition.b)];
    const name = vendor.comparing[condition.op];
    if (name) return block(name, args, then, otherwise);
    const opposite = withoutNot({ kind: 'not', of: condition });
    const swapped = opposite.kind === 'compare' ? vendor.comparing[opposite.op] : undefined;
    if (swapped) return block(swapped, args, otherwise, then);
  }
  if (condition.kind === 'all' || condition.kind === 'any') {
    const present = condition.of.flatMap((one) => (one.kind === 'present' ? [print(one.value)] : []));
    if (present.length === condition.of.length)
      return block(condition.kind === 'all' ? 'and' : 'or', present, then, otherwise);
    if (condition.kind === 'all' && otherwise === '')
      return condition.of.reduceRight((within, one) => chosen(vendor, one, within, '', print), then);
  }
  throw new Untranslatable('a condition of several parts can only be a list of fields that are all, or partly, there');
}

function printed(segment: string): string {
  return /^[A-Za-z_$][\w$-]*$/.test(segment) ? segment : `[${segment}]`;
}

export function comparesSize(condition: Condition): boolean {
  if (condition.kind === 'compare') return condition.op !== '==' && condition.op !== '!=';
  if (condition.kind === 'not') return comparesSize(condition.of);
  return condition.kind !== 'present' && condition.of.some(comparesSize);
}
