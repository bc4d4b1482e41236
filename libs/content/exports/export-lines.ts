import { MillraceError } from '@millrace/sdk';
import type { ExportPage } from './mail-exports.ts';

/**
 * JSON Lines: a mail a line, and at the end `{"summary":…}` with how many were exported and how many were left out, by reason; or `{"error":…}` where it
 * broke off, with the same counts up to there. Without one of them the answer is not complete.
 */
export async function* exportLines(pages: AsyncIterable<ExportPage>): AsyncGenerator<string> {
  let exported = 0;
  const leftOut: Record<string, number> = {};
  let after: string | null = null;
  try {
    for await (const page of pages) {
      for (const { reason } of page.leftOut) leftOut[reason] = (leftOut[reason] ?? 0) + 1;
      exported += page.mails.length;
      if (page.mails.length > 0) yield page.mails.map((mail) => `${JSON.stringify(mail)}\n`).join('');
      ({ after } = page);
    }
    yield `${JSON.stringify({ summary: { exported, leftOut } })}\n`;
  } catch (error) {
    if (!(error instanceof MillraceError)) throw error;
    const { code, message } = error;
    yield `${JSON.stringify({ error: { code, message, after, exported, leftOut } })}\n`;
  }
}
