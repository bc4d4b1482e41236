import { compileRule } from './compile-rule.ts';
import { maxRuleLength, type Reader } from './compile-path.ts';
import { checkConstant } from './constant.ts';
import { invalidMapping, RuleFault } from './faults.ts';
import type { Mapping } from './mapping.ts';
import { nearestName } from './names.ts';
import { plant, type Branch } from './target-tree.ts';
import { parseTarget } from './target.ts';
import { writerOf, type Leaf, type Writer } from './writer.ts';

const maxTargets = 200;
const maxDepth = 5;

interface Counts {
  targets: number;
  templates: number;
}

/** Compiles every rule and joins them to one function. Throws `invalid_mapping`. */
export function compileTargets(mapping: Mapping): { targets: string[]; templates: number; write: Writer } {
  const counts: Counts = { targets: 0, templates: 0 };
  const write = compileLevel(mapping, counts, '', 0);
  return { targets: Object.keys(mapping), templates: counts.templates, write };
}

function compileLevel(mapping: unknown, counts: Counts, prefix: string, depth: number): Writer {
  if (!isPlainObject(mapping)) {
    throw invalidMapping(new RuleFault('a mapping is an object: { "target": "path | transform" }.'), placeOf(prefix));
  }
  const tree: Branch<Leaf> = { children: new Map() };
  for (const [name, rule] of Object.entries(mapping)) {
    const target = prefix + name;
    try {
      if (++counts.targets > maxTargets) throw new RuleFault(`a mapping has at most ${maxTargets} targets.`);
      plant(tree, parseTarget(name), compileLeaf(rule, target, counts, depth));
    } catch (thrown) {
      throw thrown instanceof RuleFault ? invalidMapping(thrown, { target }) : thrown;
    }
  }
  return writerOf(tree);
}

function compileLeaf(rule: unknown, target: string, counts: Counts, depth: number): Leaf {
  if (typeof rule === 'string') return { kind: 'rule', target, read: compileText(rule, target) };
  if (!isPlainObject(rule)) throw new RuleFault(ruleKinds);
  const names = Object.keys(rule);
  if (only(names, 'value')) return constant(rule.value, target);
  if (only(names, 'template')) return template(rule.template, target, counts);
  if (names.includes('each') && names.includes('map') && names.length === 2) return each(rule, target, counts, depth);
  const unknown = names.find((name) => !['value', 'template', 'each', 'map'].includes(name));
  const hint = unknown && nearestName(unknown, ['value', 'template', 'each', 'map']);
  throw new RuleFault(ruleKinds + (hint ? ` Did you mean "${hint}" by "${unknown.slice(0, 40)}"?` : ''));
}

const ruleKinds = 'a rule is text ("email | trim"), { value }, { template } or { each, map }.';

function constant(value: unknown, target: string): Leaf {
  checkConstant(value);
  const isPlain = typeof value !== 'object' || value === null;
  return { kind: 'rule', target, read: isPlain ? () => value : () => structuredClone(value) };
}

function template(text: unknown, target: string, counts: Counts): Leaf {
  if (typeof text !== 'string') throw new RuleFault('{ template } takes text.');
  if (text.length > maxRuleLength) throw new RuleFault(`the template is longer than ${maxRuleLength} characters.`);
  counts.templates++;
  return { kind: 'template', target, template: text };
}

function each(rule: Record<string, unknown>, target: string, counts: Counts, depth: number): Leaf {
  if (typeof rule.each !== 'string') throw new RuleFault('{ each } takes the path of a list, such as "lines".');
  if (depth === maxDepth) throw new RuleFault(`{ each, map } can be nested ${maxDepth} deep at most.`);
  const read = compileText(rule.each, target);
  return { kind: 'each', target, read, write: compileLevel(rule.map, counts, `${target}[*].`, depth + 1) };
}

function only(names: string[], name: string): boolean {
  return names.length === 1 && names[0] === name;
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Faults in a rule's text name it, as their column counts in it. */
function compileText(rule: string, target: string): Reader {
  try {
    return compileRule(rule);
  } catch (thrown) {
    throw thrown instanceof RuleFault ? invalidMapping(thrown, { target, rule }) : thrown;
  }
}

function placeOf(prefix: string): { target?: string } {
  return prefix === '' ? {} : { target: prefix.slice(0, -1) };
}
