import type { Json } from '../json.ts';
import type { Condition } from './condition.ts';
import { agoOf, operators } from './operators.ts';
import { parseCondition, type ParsedCondition } from './parse-condition.ts';

/** A readable sentence: `traits.country is "Brazil" and not (traits.tags contains "vip")`. Throws `invalid_condition`. */
export function describeCondition(condition: Condition): string {
  return describeParsed(parseCondition(condition));
}

export function describeParsed(condition: ParsedCondition): string {
  switch (condition.kind) {
    case 'all':
    case 'any':
      return condition.parts
        .map((part) => (isGroup(part) ? `(${describeParsed(part)})` : describeParsed(part)))
        .join(condition.kind === 'all' ? ' and ' : ' or ');
    case 'not':
      return `not (${describeParsed(condition.part)})`;
    case 'test': {
      const { words, agoWords, needs } = operators[condition.operator];
      const ago = agoOf(condition.value);
      if (ago && agoWords !== undefined) return `${condition.subject.words} ${agoWords} ${ago.words}`;
      return `${condition.subject.words} ${words}${needs ? ` ${describeValue(condition.value)}` : ''}`;
    }
  }
}

function isGroup(condition: ParsedCondition): boolean {
  return (condition.kind === 'all' || condition.kind === 'any') && condition.parts.length > 1;
}

function describeValue(value: Json | undefined): string {
  if (Array.isArray(value)) return value.map((element) => JSON.stringify(element)).join(', ');
  return JSON.stringify(value);
}
