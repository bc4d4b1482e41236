import { IntlMessageFormat } from 'intl-messageformat';
import type { Place } from '../guard/index.ts';
import { isPlain } from './strings.ts';

/** Why a text is no ICU message, with its place where there is one; undefined for one that is. */
export function messageFault(text: string): string | undefined {
  if (isPlain(text)) return undefined;
  try {
    new IntlMessageFormat(text, 'en', undefined, { ignoreTag: true });
    return undefined;
  } catch (thrown) {
    if (!(thrown instanceof Error)) throw thrown;
    if (!(thrown instanceof SyntaxError)) return thrown.message; // of what a date or number is to look like: it has no place
    const { line = 1, column = 1 } = (thrown as { location?: { start?: Partial<Place> } }).location?.start ?? {};
    return `line ${line}, column ${column}: ${thrown.message.toLowerCase().replaceAll('_', ' ')}`;
  }
}
