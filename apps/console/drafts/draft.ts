import type { Template } from '../api/index.ts';
import { toldFields } from './told-fields.ts';

/** What one edits of a template. An absent part is an empty one here. */
export interface Draft {
  name: string;
  subject: string;
  preheader: string;
  fromName: string;
  replyTo: string;
  /** How `source` is written. */
  format: 'html' | 'mjml';
  source: string;
  text: string;
  channel: string;
  purpose: string;
}

export const draftFields = [
  'name',
  'subject',
  'preheader',
  'fromName',
  'replyTo',
  'format',
  'source',
  'text',
  'channel',
  'purpose',
] as const;

const usual: Partial<Record<keyof Draft, string>> = { channel: 'email', purpose: 'marketing' };

type Told = Pick<Draft, 'subject' | 'source'> & Partial<Draft>;

export function draftOf({
  name = '',
  subject,
  preheader = '',
  fromName = '',
  replyTo = '',
  source,
  ...more
}: Told): Draft {
  const { format = 'html', text = '', channel = 'email', purpose = 'marketing' } = more;
  return { name, subject, preheader, fromName, replyTo, format, source, text, channel, purpose };
}

/** Whether they are saved alike: of an empty channel or purpose the usual one is. */
export function isSameDraft(a: Draft, b: Draft): boolean {
  return draftFields.every((field) => asSaved(a, field) === asSaved(b, field));
}

const asSaved = (draft: Draft, field: keyof Draft): string => draft[field] || usual[field] || '';

/** The whole template as PUT takes it: what the draft does not know of stays as it was. Limits are set apart: those of now stay. */
export function putBody(template: Template, draft: Draft): Record<string, unknown> {
  const kept = Object.entries(template).filter(([field]) => field !== 'preflight' && !toldFields.includes(field));
  return { ...Object.fromEntries(kept), name: draft.name, ...askedOf(draft) };
}

/** An unsaved draft as the API takes it: an empty part is none. */
export function askedOf(draft: Omit<Draft, 'name'>): Record<string, string | undefined> {
  const { subject, preheader, fromName, replyTo, format, source, text, channel, purpose } = draft;
  return {
    subject,
    preheader: preheader || undefined,
    fromName: fromName || undefined,
    replyTo: replyTo || undefined,
    format: format === 'html' ? undefined : format,
    source,
    text: text || undefined,
    channel: channel || undefined,
    purpose: purpose || undefined,
  };
}

/** What linting wants to know of a template besides its draft. */
export const lintFields = ({ lint }: Template): Record<string, unknown> => (lint === undefined ? {} : { lint });
