import { contentHash } from '#platform';
import type { RenderedRow } from '../sandbox/index.ts';
import type { ChosenBlock } from './chosen-block.ts';
import type { Composed, ComposedToken, MailPart, NotSent, Warning } from './composed.ts';
import { withPreheader } from './insert.ts';
import type { Origin } from './origin.ts';
import type { PreparedMail } from './preparer.ts';
import { writtenPlace } from './written-place.ts';

/** What a rendered row is put together with. */
export interface Surroundings {
  locale: string;
  blocks: ChosenBlock[];
  /** It is not worth hashing a mail that lacks its plain text. */
  hashed: boolean;
  /** The origin of a value by its path. */
  originOf: (path: string) => Origin | null;
}

/** Makes one mail of its rendered parts; without the warnings about the mail as a whole. */
export function assemble(
  prepared: PreparedMail,
  row: RenderedRow,
  { locale, blocks, hashed, originOf }: Surroundings,
): Composed {
  const output = (part: MailPart): string | undefined =>
    row.outputs[prepared.parts.findIndex(({ name }) => name === part)];
  const preheader = oneLine(output('preheader') ?? '');
  const fromName = output('fromName');
  const replyTo = oneLine(output('replyTo') ?? '');
  const subject = oneLine(output('subject') ?? '');
  const mail = {
    subject,
    preheader,
    html: withPreheader(output('source') ?? '', preheader),
    text: row.plainText ?? output('text') ?? '',
    ...(fromName !== undefined && { fromName: oneLine(fromName) }),
    headers: { Subject: subject, 'Content-Language': locale, ...(replyTo !== '' && { 'Reply-To': replyTo }) },
  };
  return {
    ...mail,
    hash: hashed ? contentHash(mail) : '',
    locale,
    notSent: notSentOf(prepared, row),
    blocks,
    tokens: tokensOf(prepared, row, originOf),
    warnings: notedWarnings(prepared, row),
  };
}

/** A header is one line; whatever data brings, it cannot start another header. */
function oneLine(text: string): string {
  return text.replace(/[\s\p{Cc}]+/gu, ' ').trim();
}

function tokensOf(
  prepared: PreparedMail,
  { tokens = [] }: RenderedRow,
  originOf: Surroundings['originOf'],
): ComposedToken[] {
  return prepared.parts.flatMap(({ name }, index) =>
    (tokens[index] ?? []).map((token) => {
      const {
        part,
        block,
        line = token.line,
        column = token.column,
      } = writtenPlace(prepared, { part: name, place: token });
      const origin = token.missing ? null : originOf(token.path);
      return { ...token, part, ...(block !== undefined && { block }), line, column, origin };
    }),
  );
}

function notSentOf(prepared: PreparedMail, { notes = [] }: RenderedRow): NotSent | null {
  const skip = notes.find(({ kind }) => kind === 'skip');
  return skip ? { reason: skip.text, ...writtenPlace(prepared, skip) } : null;
}

function notedWarnings(prepared: PreparedMail, { notes = [] }: RenderedRow): Warning[] {
  return notes.flatMap((note) => {
    const place = writtenPlace(prepared, note);
    if (note.kind === 'missing_string') {
      const message = `There is no text for "${note.text}" in this language nor in the default one: PUT /api/strings/{locale} adds it.`;
      return [{ code: 'missing_string', message, ...place }];
    }
    if (note.kind === 'missing_entry') return [{ code: 'missing_entry', message: note.text, ...place }];
    return [];
  });
}
