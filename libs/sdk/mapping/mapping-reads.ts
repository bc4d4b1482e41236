import { fieldPath, stepOf, type FieldStep } from './field-path.ts';
import type { Mapping, MappingRule } from './mapping.ts';
import { parsePath } from './parse-path.ts';
import { Scanner } from './scanner.ts';

/** A target, and the path of a field that its rule reads. */
export interface MappingRead {
  target: string;
  field: string;
}

/** Which fields of the source a mapping reads; of templates every name between braces. The mapping must compile. */
export function mappingReads(mapping: Mapping): MappingRead[] {
  return readsWithin(mapping, '', []);
}

/** Whether a change of one field reaches what reads the other: they are the same, or one holds the other. */
export function touches(field: string, read: string): boolean {
  return read === '$' || field === read || isWithin(field, read) || isWithin(read, field);
}

function readsWithin(mapping: Mapping, prefix: string, base: FieldStep[]): MappingRead[] {
  return Object.entries(mapping).flatMap(([name, rule]) => readsOf(rule, prefix + name, base));
}

function readsOf(rule: MappingRule, target: string, base: FieldStep[]): MappingRead[] {
  if (typeof rule === 'string') return [{ target, field: fieldPath([...base, ...firstSteps(rule)]) }];
  if ('template' in rule)
    return namesIn(rule.template).map((name) => ({ target, field: fieldPath([...base, ...name]) }));
  if (!('each' in rule)) return [];
  const list = [...base, ...firstSteps(rule.each)];
  return [{ target, field: fieldPath(list) }, ...readsWithin(rule.map, `${target}[*].`, [...list, null])];
}

function firstSteps(rule: string): FieldStep[] {
  return parsePath(new Scanner(rule.trim())).map(stepOf);
}

/** Helpers' names are among them: they name no field. */
function namesIn(template: string): FieldStep[][] {
  const tags = template.match(/\{\{[^}]*\}\}/g) ?? [];
  const names = tags.flatMap((tag) => tag.match(/[\p{L}_$@][\p{L}\p{N}_$]*(\.[\p{L}_$][\p{L}\p{N}_$]*)*/gu) ?? []);
  return [...new Set(names)].map((name) => name.split('.').filter((part) => part !== 'this'));
}

function isWithin(inner: string, outer: string): boolean {
  return inner.startsWith(outer) && '.['.includes(inner.charAt(outer.length) || '?');
}
