import type { BlockUse } from './block-use.ts';
import type { KnownHelper } from './check-calls.ts';
import { checkProgram } from './check-nodes.ts';
import { composeNames } from './compose-names.ts';
import { TemplateFault } from './fault.ts';
import { limits } from './limits.ts';
import { parse } from './parse.ts';
import { lineStarts } from './place.ts';
import { scan } from './scan.ts';
import { resolveSquareTags } from './square-scope.ts';
import { withCurlyTags } from './square-tags.ts';

export interface GuardedTemplate {
  program: hbs.AST.Program;
  /** The reusable blocks that it uses. */
  uses: BlockUse[];
}

/**
 * The syntax tree of a template that may be compiled: its size and depth are bounded before it is parsed, and it holds only known
 * tags and helpers.
 * @throws TemplateFault
 */
export function guardTemplate(
  source: string,
  helpers: ReadonlyMap<string, KnownHelper>,
  mostBytes: number = limits.sourceBytes,
): GuardedTemplate {
  checkSize(source, mostBytes);
  const program = parseTemplate(source, helpers);
  return { program, uses: checkProgram(program, helpers) };
}

/** The syntax tree of a source that is not too large, with what tags of feeds mean. @throws TemplateFault */
export function parseTemplate(source: string, helpers: ReadonlyMap<string, KnownHelper>): hbs.AST.Program {
  const { text, squares } = withCurlyTags(source);
  const program = parse(text, scan(text));
  if (text.normalize('NFC') !== text) composeNames(program);
  if (squares.size > 0) {
    const lines = lineStarts(text);
    const isSquare = ({ start }: hbs.AST.SourceLocation): boolean =>
      squares.has((lines[start.line - 1] ?? 0) + start.column);
    resolveSquareTags(program, isSquare, helpers);
  }
  return program;
}

/** @throws TemplateFault `template_too_large` */
export function checkSize(source: string, mostBytes: number = limits.sourceBytes): void {
  const bytes = Buffer.byteLength(source);
  if (bytes <= mostBytes) return;
  throw new TemplateFault(
    'template_too_large',
    `The template has ${Math.ceil(bytes / 1024)} KB; at most ${mostBytes / 1024} KB are allowed. ` +
      'Link to images instead of embedding them, use fewer blocks, or split the mail.',
  );
}
