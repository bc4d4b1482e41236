import { MillraceError, type Json } from '@millrace/sdk';
import { Overtaken } from '#platform';
import type { Finding } from '../lint/index.ts';

export function refuseBroken(findings: readonly Finding[]): void {
  const errors = findings.filter(({ severity }) => severity === 'error');
  const [first] = errors;
  if (!first) return;
  const more = errors.length === 1 ? '' : ` And ${errors.length - 1} more: see \`details.findings\`.`;
  throw new MillraceError('template_broken', `${first.message}${more}`, { details: { findings: errors.map(placeOf) } });
}

function placeOf({ rule, message, part, line, column }: Finding): Record<string, Json> {
  return { rule, message, part: part ?? null, line: line ?? null, column: column ?? null };
}

export function slugTaken(slug: string | undefined): MillraceError {
  return new MillraceError('conflict', `There is a template "${slug}" already: use PUT to change it, or another slug.`);
}

/** Between reading and writing. */
export function changedMeanwhile(): Overtaken {
  return new Overtaken('Somebody else changed this template meanwhile: read it again, then change it.');
}

export function noSuchTemplate(ref: string): MillraceError {
  const message = `There is no template "${ref.slice(0, 100)}". GET /api/templates lists them.`;
  return new MillraceError('template_not_found', message);
}
