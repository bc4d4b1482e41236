import type { Template } from '../api/index.ts';
import { toldFields } from './told-fields.ts';

/** What one edits of a template. An absent preheader or text is an empty one here. */
export interface Draft {
  name: string;
  subject: string;
  preheader: string;
  source: string;
  text: string;
}

export const draftFields = ['name', 'subject', 'preheader', 'source', 'text'] as const;

export function draftOf({
  name,
  subject,
  preheader = '',
  source,
  text = '',
}: Omit<Draft, 'preheader' | 'text' | 'name'> & {
  name?: string;
  preheader?: string;
  text?: string;
}): Draft {
  return { name: name ?? '', subject, preheader, source, text };
}

export function isSameDraft(a: Draft, b: Draft): boolean {
  return draftFields.every((field) => a[field] === b[field]);
}

/** The whole template as PUT takes it: what the draft does not know of stays as it was. */
export function putBody(
  template: Template,
  { name, subject, preheader, source, text }: Draft,
): Record<string, unknown> {
  const kept = Object.entries(template).filter(([field]) => !toldFields.includes(field));
  return { ...Object.fromEntries(kept), name, ...partsOf({ subject, preheader, source, text }) };
}

/** The parts as the API takes them: an empty preheader or text is none. */
export function partsOf({ subject, preheader, source, text }: Omit<Draft, 'name'>): Record<string, string | undefined> {
  return { subject, preheader: preheader || undefined, source, text: text || undefined };
}

/** Parts of the mail that the Studio does not edit, and that belong to it all the same. */
export const otherParts = (template: Template): Record<string, unknown> =>
  pick(template, ['format', 'fromName', 'replyTo']);

/** What linting wants to know of a template besides its parts. */
export const lintFields = (template: Template): Record<string, unknown> =>
  pick(template, ['format', 'purpose', 'lint']);

function pick(template: Template, names: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(Object.entries(template).filter(([name]) => names.includes(name)));
}
