import { Untranslatable, withoutNot, type Condition, type Value } from '../expression.ts';

/** The words of languages that write `{% if … %}`. */
export interface TagLanguage {
  /** A value within a tag. Throws Untranslatable. */
  inner(value: Value): string;
  /** @param joint what it is joined to others by; undefined where it stands alone */
  present(text: string, joint?: Joint): string;
  absent(text: string, joint?: Joint): string;
  /** Takes what is not as it is in Millrace. */
  lose(sentence: string): void;
}

export type Joint = 'and' | 'or';

/** `{{#ifGt total 10}}` is Iterable's: it skips whoever has no total. */
export const comparedMissing =
  'Where a value that is compared by size is missing, Millrace may send no mail: there one of both parts is shown.';

/** `a == 1 and b`: these languages have no brackets, so only one kind of joint can be said. */
export function tagCondition(condition: Condition, language: TagLanguage): string {
  return said(withoutNot(condition), language);
}

function said(condition: Condition, language: TagLanguage, joint?: Joint): string {
  switch (condition.kind) {
    case 'present':
      return language.present(language.inner(condition.value), joint);
    case 'not':
      if (condition.of.kind === 'present') return language.absent(language.inner(condition.of.value), joint);
      break;
    case 'compare':
      if (condition.op !== '==' && condition.op !== '!=') language.lose(comparedMissing);
      return `${language.inner(condition.a)} ${condition.op} ${language.inner(condition.b)}`;
    case 'all':
    case 'any':
      if (joint === undefined) {
        const by = condition.kind === 'all' ? 'and' : 'or';
        return condition.of.map((one) => said(one, language, by)).join(` ${by} `);
      }
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
