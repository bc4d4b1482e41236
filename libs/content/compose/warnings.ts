import { placeAt, scan, TemplateFault } from '../guard/index.ts';
import { blankGreeting, firstStrayBraces, meansBraces, typographicQuotesOf } from '../mail-text/index.ts';
import { asBrowsersRead, unsafeLinks, type PreparedPart } from '../prepare/index.ts';
import { Lines } from '../tokens/index.ts';
import {
  mailParts,
  type Composed,
  type ComposedToken,
  type MailPart,
  type TemplateParts,
  type Warning,
} from './composed.ts';

/** Gmail cuts a mail off behind so many bytes of HTML. */
export const gmailLimit = 102 * 1024;

/** Links that are warned of in one mail. */
const mostLinks = 20;

type Mail = Pick<Composed, 'subject' | 'preheader' | 'html' | 'text'>;
type Prepared = readonly Pick<PreparedPart, 'name' | 'source'>[];

/** What a person should look at before this mail goes out. */
export function warningsOf(
  parts: TemplateParts,
  mail: Mail,
  tokens: readonly ComposedToken[],
  prepared: Prepared,
): Warning[] {
  return [
    ...missingTokens(tokens),
    ...blankGreetings(mail),
    ...typographicQuotes(parts),
    ...literalBraces(prepared, mail),
    ...unsafeAddresses(parts, mail, tokens),
    ...sizes(mail),
  ];
}

function missingTokens(tokens: readonly ComposedToken[]): Warning[] {
  const missing = tokens.filter(({ use, missing, fallback }) => use === 'text' && missing && fallback === null);
  // In a loop a thousand elements may lack the same.
  const byPlace = new Map(
    missing.map((token) => [`${token.part} ${token.block} ${token.line}:${token.column}`, token]),
  );
  return [...byPlace.values()].map(({ written, part, block, line, column }) => ({
    code: 'missing_token',
    message: `{{${written}}} has no value here and no fallback. Write {{defaultIfEmpty ${written} "…"}}, or wrap it in {{#if ${written}}}.`,
    part,
    ...(block !== undefined && { block }),
    line,
    column,
  }));
}

function blankGreetings({ subject, preheader, text }: Mail): Warning[] {
  const found: [MailPart, string][] = [
    ['subject', subject],
    ['preheader', preheader],
    ['source', text],
  ];
  return found.flatMap(([part, content]) => {
    const blank = blankGreeting(content);
    if (blank === undefined) return [];
    const message = `The greeting reads "${blank}" without a name. Give the name a fallback, or greet without one.`;
    return [{ code: 'blank_greeting', message, part }];
  });
}

/** `{{#if “x”}}` is no text for Handlebars but the name of a token, so nothing else tells. */
export function typographicQuotes(parts: TemplateParts): Warning[] {
  return mailParts.flatMap((part) => {
    const source = parts[part] ?? '';
    return tagsOf(source).flatMap(({ start, end }) => {
      const [found] = typographicQuotesOf(source.slice(start, end));
      if (!found) return [];
      const message = `The tag has a typographic quote (${found.quote}): type straight ones, " or '.`;
      return [{ code: 'typographic_quotes', message, part, ...placeAt(source, start + found.at) }];
    });
  });
}

function tagsOf(source: string): { start: number; end: number }[] {
  try {
    return scan(source).tags;
  } catch (thrown) {
    if (thrown instanceof TemplateFault) return []; // the sandbox refuses the source with its own message
    throw thrown;
  }
}

function literalBraces(prepared: Prepared, { subject, preheader, html, text }: Mail): Warning[] {
  const outputs: [MailPart, string][] = [
    ['subject', subject],
    ['preheader', preheader],
    ['source', html],
    ['text', text],
  ];
  return outputs.flatMap(([part, output]) => {
    const found = firstStrayBraces(output);
    if (!found || meansBraces(prepared, part) || (part === 'text' && firstStrayBraces(html))) return [];
    const { at } = found;
    const shown = output.slice(Math.max(0, at - 15), at + 25).replace(/\s+/g, ' ');
    const message = `The mail shows braces as they are: "…${shown}…". Check the tag, or the data that it prints.`;
    return [{ code: 'literal_braces', message, part }];
  });
}

/** Each with the place where its address begins, which is also where the lint marks one that is written so. */
function unsafeAddresses({ source }: TemplateParts, { html }: Mail, tokens: readonly ComposedToken[]): Warning[] {
  const printed = tokens.filter(({ part, use }) => part === 'source' && use === 'text');
  return unsafeLinks(html)
    .slice(0, mostLinks)
    .map((address): Warning => {
      const message = `The link "${shortened(address)}" is blocked by mail clients, and mails with such links by spam filters. Check the data that it is made of, or link to an https address.`;
      const token = printed.find(({ value }) => typeof value === 'string' && isBeginOf(address, value));
      const at = token ? tagStart(source, token) : source.indexOf(address);
      const inBlock = token?.block !== undefined && { block: token.block, line: token.line, column: token.column };
      return { code: 'unsafe_link', message, part: 'source', ...(inBlock || (at !== -1 && placeAt(source, at))) };
    });
}

function tagStart(source: string, { line, column }: ComposedToken): number {
  const offset = new Lines(source).offset(line, column);
  return Math.max(...['{{', '[['].map((sign) => source.lastIndexOf(sign, offset)));
}

function isBeginOf(address: string, value: string): boolean {
  const begin = asBrowsersRead(value);
  return begin !== '' && address.startsWith(begin);
}

function shortened(address: string): string {
  return address.length > 60 ? `${address.slice(0, 59)}…` : address;
}

function sizes({ html }: Mail): Warning[] {
  const bytes = Buffer.byteLength(html);
  if (bytes <= gmailLimit) return [];
  const message = `The HTML has ${Math.ceil(bytes / 1024)} KB; Gmail cuts mails off after 102 KB. Shorten loops and inline styles.`;
  return [{ code: 'too_large_for_gmail', message, part: 'source' }];
}
