import type { BlockVersion } from '../blocks/index.ts';
import type { WrittenPart } from '../prepare/index.ts';
import type { TemplateParts } from './composed.ts';

/** What a mail is made of, apart from the person: one version of a template and of each block that it uses. */
export interface MailTemplate extends TemplateParts {
  /** With those that blocks use. */
  blocks?: BlockVersion[];
}

/** The parts that are rendered, in a fixed order; `source` is the HTML. */
export function writtenParts({
  subject,
  source,
  format,
  preheader,
  text,
  fromName,
  replyTo,
}: TemplateParts): WrittenPart[] {
  const optional = Object.entries({ preheader, text, fromName, replyTo });
  return [
    { name: 'subject', source: subject, html: false },
    { name: 'source', source, html: true, ...(format && { format }) },
    ...optional.flatMap(([name, written]) => (written === undefined ? [] : [{ name, source: written, html: false }])),
  ];
}
