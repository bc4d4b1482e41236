import { Untranslatable, withoutNot, type Condition, type Value } from '../expression.ts';

/** The words of languages that write `{% if … %}`. */
export interface TagLanguage {
  /** A value within a tag. Throws Untranslatable. */
  inner(value: Value): string;
  present(text: string): string;
  absent(text: string): string;
}

/** `a == 1 and b`: these languages have no brackets, so only one kind of joint can be said. */
export function tagCondition(condition: Condition, language: TagLanguage): string {
  return said(withoutNot(condition), language, true);
}

function said(condition: Condition, language: TagLanguage, mayJoin: boolean): string {
  switch (condition.kind) {
    case 'present':
      return language.present(language.inner(condition.value));
    case 'not':
      if (condition.of.kind === 'present') return language.absent(language.inner(condition.of.value));
      break;
    case 'compare':
      return `${language.inner(condition.a)} ${condition.op} ${language.inner(condition.b)}`;
    case 'all':
    case 'any':
      if (mayJoin)
        return condition.of.map((one) => said(one, language, false)).join(condition.kind === 'all' ? ' and ' : ' or ');
  }
  throw new Untranslatable('"and" within "or" needs brackets, which conditions there do not have');
}

export function choice(condition: string, then: string, otherwise: string): string {
  return `{% if ${condition} %}${then}${otherwise === '' ? '' : `{% else %}${otherwise}`}{% endif %}`;
}

/** A literal within a tag. Throws Untranslatable. */
export function tagLiteral(value: string | number | boolean | null): string {
  if (typeof value !== 'string') return String(value ?? '""');
  if (!value.includes("'")) return `'${value}'`;
  if (!value.includes('"')) return `"${value}"`;
  throw new Untranslatable('a text with both kinds of quotes cannot be written there');
}

export function loopName(loop: number): string {
  return loop === 1 ? 'entry' : `entry${loop}`;
}
