import type { ComposedMail } from '#content';

/** A mail as it is stored, to be read in reviews: its HTML, and all else. */
export interface MailFiles {
  html: string;
  txt: string;
}

export const mailExtensions = ['html', 'txt'] as const;

/** The same mail gives the same bytes. What only concerns the composing (warnings, hashes) is left out. */
export function mailFiles(mail: ComposedMail): MailFiles {
  const { subject, preheader, fromName, html, text, headers, blocks, notSent, tokens } = mail;
  const others = Object.entries(headers).filter(([name]) => name !== 'Subject');
  const missing = new Map(tokens.filter((token) => token.missing).map(({ path, fallback }) => [path, fallback]));
  const lines = [
    ['Subject', subject],
    ['Preheader', preheader],
    ['From name', fromName],
    ...others,
    ...blocks.map(({ slug, variant, because }) => [
      `Block ${slug}`,
      variant === null ? undefined : `${variant}, because ${because ?? ''}`,
    ]),
    ['Not sent', notSent?.reason],
    ...[...missing].map(([path, fallback]) => [
      `Missing ${path}`,
      fallback === null ? 'nothing shows' : `"${fallback}" shows`,
    ]),
  ];
  const head = lines.flatMap(([name, value]) => (value === undefined || value === '' ? [] : [`${name}: ${value}`]));
  return { html: ended(html), txt: ended(`${head.join('\n')}\n\n${text}`) };
}

function ended(text: string): string {
  return text.endsWith('\n') ? text : `${text}\n`;
}
