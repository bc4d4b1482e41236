import type { TemplateParts } from '../compose/index.ts';

/** Without what is absent, so that equal templates have equal hashes. */
export function partsGiven({
  subject,
  preheader,
  source,
  format,
  text,
  fromName,
  replyTo,
}: TemplateParts): TemplateParts {
  const optional = Object.entries({ preheader, format, text, fromName, replyTo });
  return { subject, source, ...Object.fromEntries(optional.filter(([, value]) => value !== undefined)) };
}
