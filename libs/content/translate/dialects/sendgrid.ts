import type { Dialect } from '../dialect.ts';
import { Untranslatable } from '../expression.ts';
import { comparedMissing } from './tags.ts';
import { handlebarsDialect } from './handlebars.ts';

/** Dynamic templates: docs.sendgrid.com, "Using Handlebars". */
export function sendgrid(told: Readonly<Record<string, string>>): Dialect {
  const comparing = { '==': 'equals', '!=': 'notEquals', '>': 'greaterThan', '<': 'lessThan' };
  const lost = ['SendGrid knows nobody: give each mail its data as `dynamic_template_data`.'];
  return handlebarsDialect(
    { comparing, unsubscribe: '{{{unsubscribe}}}', call, lost, lostByComparing: comparedMissing },
    told,
  );
}

function call(name: string, args: readonly string[], named: string): string {
  const [value = '', fallback = '""'] = args;
  if ((name === 'defaultIfEmpty' || name === 'insert') && /^"/.test(fallback))
    return `insert ${value} "default=${fallback.slice(1, -1).replace(/^default=/, '')}"`;
  if (name === 'formatDate' && named === '') return ['formatDate', ...args].join(' ');
  throw new Untranslatable(`SendGrid has no helper "${name}"`);
}
