import Handlebars from 'handlebars';
import { TemplateFault, type Place } from './fault.ts';
import { placeAt } from './place.ts';
import type { Scan } from './scan.ts';

/** What Handlebars' parser tells of a fault, apart from its message. */
interface ParserHint {
  token?: string | null;
  text?: string;
}

type ParseError = (message: string, hint: ParserHint) => never;

/** The stock parser puts the place only into its message, unless this is replaced. */
const { Parser } = Handlebars as unknown as {
  Parser: { parseError: ParseError; lexer: { yylloc: { first_line: number; first_column: number } } };
};

/**
 * Parses a source that was scanned.
 * @throws TemplateFault `template_invalid` with the place
 */
export function parse(source: string, found: Scan): hbs.AST.Program {
  const stock = Parser.parseError;
  Parser.parseError = (_, hint) => {
    throw syntaxFault(source, hint, found);
  };
  try {
    return Handlebars.parse(source);
  } catch (thrown) {
    throw thrown instanceof TemplateFault ? thrown : mismatch(thrown);
  } finally {
    Parser.parseError = stock;
  }
}

function syntaxFault(source: string, hint: ParserHint, { open, unfinished }: Scan): TemplateFault {
  const { first_line: line, first_column: column } = Parser.lexer.yylloc;
  const place = { line, column: column + 1 };
  const tag = unfinished === undefined ? undefined : placeAt(source, unfinished);
  if (tag && (tag.line < line || (tag.line === line && tag.column <= place.column))) {
    return invalid('This tag never ends: add the missing }}, and close quotes and brackets in it.', tag);
  }
  const unclosed = open[open.length - 1];
  if (hint.token !== 'EOF' || !unclosed) return invalid(adviceFor(hint), place);
  const message = `{{#${unclosed.name}}} is opened here and never closed: add {{/${unclosed.name}}}.`;
  return invalid(message, placeAt(source, unclosed.start));
}

function adviceFor({ token, text = '' }: ParserHint): string {
  const shown = text.trim().slice(0, 30);
  switch (token) {
    case 'OPEN_ENDBLOCK':
      return 'This closing tag has no block to close: remove it, or open the block before it.';
    case 'INVERSE':
    case 'OPEN_INVERSE_CHAIN':
      return '{{else}} stands outside a block, or twice in one: move it between {{#if …}} and {{/if}}.';
    case 'CLOSE':
    case 'CLOSE_UNESCAPED':
      return `"${shown}" is not expected here: name a token in the tag, and close {{ with }} and {{{ with }}}.`;
    case 'OPEN':
    case 'OPEN_BLOCK':
    case 'OPEN_UNESCAPED':
      return 'A tag starts inside another tag: close the first one with }} before it.';
    case 'NUMBER':
      return `"${shown}" cannot stand here: write a position in brackets, such as {{orders.[0].id}}.`;
    default:
      return shown === ''
        ? 'The template cannot be read here: check the braces and quotes.'
        : `"${shown}" cannot stand here: check the quotes, write tokens as {{firstName}} and calls as {{upper firstName}}.`;
  }
}

/** `{{#if}}…{{/each}}`: reported by Handlebars' own error, with its place. */
function mismatch(thrown: unknown): TemplateFault {
  if (!(thrown instanceof Error)) return invalid('The template cannot be read.');
  const { lineNumber, column } = thrown as { lineNumber?: unknown; column?: unknown };
  const [, opened, closed] = /^(\S+) doesn't match (\S+)/.exec(thrown.message) ?? [];
  const place = typeof lineNumber === 'number' ? { line: lineNumber, column: Number(column) + 1 } : undefined;
  if (opened === undefined) return invalid(`${thrown.message.split('\n', 1)[0]?.slice(0, 200)}.`, place);
  return invalid(`{{#${opened}}} is closed by {{/${closed}}}: close it with {{/${opened}}}.`, place);
}

function invalid(message: string, place?: Place): TemplateFault {
  return new TemplateFault('template_invalid', message, place);
}
