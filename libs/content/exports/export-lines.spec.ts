import { expect, it } from '@jest/globals';
import { MillraceError } from '@millrace/sdk';
import { exportLines } from './export-lines.ts';
import type { ExportedMail } from './exported-mail.ts';
import type { ExportPage } from './mail-exports.ts';

const mail = { profile: 'p_1', to: 'ann@example.com' } as ExportedMail;
const leftOut = { profile: 'p_2', reason: 'denied', message: 'Not sent: denied.' };

it('an export that breaks off tells where it may go on, and what came of those before', async () => {
  async function* pages(): AsyncGenerator<ExportPage> {
    yield { mails: [mail], leftOut: [leftOut], after: 'p_2' };
    await Promise.resolve();
    throw new MillraceError('template_timeout', 'It takes too long.');
  }
  const lines: unknown[] = [];
  for await (const text of exportLines(pages())) lines.push(JSON.parse(text));
  const counts = { exported: 1, leftOut: { denied: 1 } };
  expect(lines).toEqual([
    mail,
    { error: { code: 'template_timeout', message: 'It takes too long.', after: 'p_2', ...counts } },
  ]);
});
