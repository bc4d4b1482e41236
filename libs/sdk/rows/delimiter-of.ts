import { MillraceError } from '../errors/index.ts';
import { isAsciiText } from './is-ascii-text.ts';

/** The character that delimits values, as people write it in a configuration: itself, or `tab`. Throws `invalid_config`. */
export function delimiterOf(written: string): string {
  const character = written === '\\t' || written.toLowerCase() === 'tab' ? '\t' : written;
  if (character.length === 1 && isAsciiText(character) && !'"\r\n'.includes(character)) return character;
  throw new MillraceError(
    'invalid_config',
    `The delimiter "${written}" is not one plain character. Use a comma, a semicolon, a bar or tab.`,
  );
}
