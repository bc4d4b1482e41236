import { setImmediate as othersTurn } from 'node:timers/promises';
import { MillraceError } from '@millrace/sdk';
import { messageFault } from '../helpers/index.ts';
import type { Texts } from './texts.ts';

/** Texts that are read in one go: all of a large table take a second. */
const atOnce = 50;

/** Each mail that shows a text of faulty braces would fail. @throws MillraceError `bad_request` */
export async function refuseUnreadable(texts: Texts): Promise<void> {
  for (const [index, [key, text]] of Object.entries(texts).entries()) {
    if (index % atOnce === atOnce - 1) await othersTurn();
    const fault = messageFault(text);
    if (fault === undefined) continue;
    const message = `The string "${key}" cannot be read (${fault}). Check its braces: ICU MessageFormat, such as "Hi {name}".`;
    throw new MillraceError('bad_request', message);
  }
}
