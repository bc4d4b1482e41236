import { explainPart, missingReason, oneLine, type ExplainedToken } from '../explain/index.ts';
import type { RenderedRow } from '../sandbox/index.ts';
import type { SourceRange } from '../tokens/index.ts';
import type { ChosenBlock } from './chosen-block.ts';
import type { Composed, ComposedToken, MailPart, NotSent, Warning } from './composed.ts';
import { withPreheader } from '../mail-text/index.ts';
import { mailHash } from './mail-hash.ts';
import { normalText } from './normal-text.ts';
import type { Origin } from './origin.ts';
import type { PreparedMail } from './preparer.ts';
import { writtenPlace } from './written-place.ts';

/** What a rendered row is put together with. */
export interface Surroundings {
  locale: string;
  localeFrom: Composed['localeFrom'];
  blocks: ChosenBlock[];
  /** It is not worth hashing a mail that lacks its plain text. */
  hashed: boolean;
  /** The origin of a value by its path. */
  originOf: (path: string) => Origin | null;
  /** How many orders and events the mail saw. */
  orders: number;
  events: number;
}

/** Makes one mail of its rendered parts; without the warnings about the mail as a whole. */
export function assemble(prepared: PreparedMail, row: RenderedRow, surroundings: Surroundings): Composed {
  const { locale, localeFrom, blocks, hashed } = surroundings;
  const output = (part: MailPart): string | undefined =>
    row.outputs[prepared.parts.findIndex(({ name }) => name === part)];
  const preheader = normalText(oneLine(output('preheader') ?? ''));
  const fromName = output('fromName');
  const replyTo = normalText(oneLine(output('replyTo') ?? ''));
  const subject = normalText(oneLine(output('subject') ?? ''));
  const mail = {
    subject,
    preheader,
    html: finished('source', output('source') ?? '', preheader),
    text: normalText(row.plainText ?? output('text') ?? ''),
    ...(fromName !== undefined && { fromName: normalText(oneLine(fromName)) }),
    headers: { Subject: subject, 'Content-Language': locale, ...(replyTo !== '' && { 'Reply-To': replyTo }) },
  };
  return {
    ...mail,
    hash: hashed ? mailHash(mail) : '',
    locale,
    localeFrom,
    notSent: notSentOf(prepared, row),
    blocks,
    ...explained(prepared, row, mail, surroundings),
    warnings: notedWarnings(prepared, row),
  };
}

/** What becomes of a rendered part on its way into the mail. */
function finished(part: MailPart, rendered: string, preheader: string): string {
  switch (part) {
    case 'source':
      return withPreheader(normalText(rendered), preheader);
    case 'text':
      return normalText(rendered);
    default:
      return normalText(oneLine(rendered));
  }
}

/** The tokens and conditions, where they were written and where they show; none unless the row was rendered with traces. */
function explained(
  prepared: PreparedMail,
  row: RenderedRow,
  mail: Pick<Composed, 'subject' | 'preheader' | 'html' | 'text' | 'fromName' | 'headers'>,
  surroundings: Surroundings,
): Pick<Composed, 'tokens' | 'conditions'> {
  const final = { ...mail, source: mail.html, replyTo: mail.headers['Reply-To'] };
  const parts = prepared.parts.flatMap(({ name }, index) => {
    const [part, trace] = [name as MailPart, row.explained?.[index]];
    const finish = (rendered: string): string => finished(part, rendered, mail.preheader);
    return trace ? [explainPart(part, trace, final[part] ?? '', finish)] : [];
  });
  return {
    tokens: parts.flatMap(({ tokens }) => tokens).map((token) => told(whereWritten(prepared, token), surroundings)),
    conditions: parts.flatMap(({ conditions }) => conditions).map((one) => whereWritten(prepared, one)),
  };
}

/** Gives it the range in which people wrote it. */
function whereWritten<T extends SourceRange & { part: MailPart; block?: string }>(prepared: PreparedMail, one: T): T {
  const { part, line, column, endLine, endColumn } = one;
  const start = writtenPlace(prepared, { part, place: { line, column } });
  // The last letter: behind it another tag may start, which was written elsewhere.
  const last = writtenPlace(prepared, { part, place: { line: endLine, column: endColumn - 1 } });
  if (start.line !== undefined && start.column !== undefined) [one.line, one.column] = [start.line, start.column];
  if (last.line !== undefined && last.column !== undefined) [one.endLine, one.endColumn] = [last.line, last.column + 1];
  if (start.block !== undefined) one.block = start.block;
  return one;
}

/** What nobody told has no origin; what a source left empty, or a change took away, has. */
function told(
  token: ExplainedToken<MailPart> & Partial<ComposedToken>,
  { originOf, orders, events }: Surroundings,
): ComposedToken {
  const origin = originOf(token.path);
  const reason = token.missing
    ? missingReason({
        path: token.path,
        changed: origin?.kind === 'change',
        hasOrigin: origin?.kind === 'trait' || origin?.kind === 'order' || origin?.kind === 'event',
        orders,
        events,
      })
    : null;
  token.origin = reason === null || reason === 'empty' || reason === 'changed' ? origin : null;
  token.reason = reason;
  return token as ComposedToken;
}

function notSentOf(prepared: PreparedMail, { notes = [] }: RenderedRow): NotSent | null {
  const skip = notes.find(({ kind }) => kind === 'skip');
  return skip ? { reason: skip.text, ...writtenPlace(prepared, skip) } : null;
}

function notedWarnings(prepared: PreparedMail, { notes = [] }: RenderedRow): Warning[] {
  return notes.flatMap((note) => {
    const place = writtenPlace(prepared, note);
    if (note.kind === 'missing_string') {
      const message = prepared.strings.includes(note.text)
        ? `There is no text for "${note.text}" in this language nor in the default one: add it to the strings.`
        : `The key "${note.text}" comes from data or a calculation, which no text is looked for: write keys out, such as {{t "city.oslo"}}, and choose with {{#if}}.`;
      return [{ code: 'missing_string', message, ...place }];
    }
    if (note.kind === 'missing_entry') return [{ code: 'missing_entry', message: note.text, ...place }];
    return [];
  });
}
