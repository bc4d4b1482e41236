import type { KnownHelper } from './check-calls.ts';
import { checkProgram } from './check-nodes.ts';
import { TemplateFault } from './fault.ts';
import { limits } from './limits.ts';
import { parse } from './parse.ts';
import { scan } from './scan.ts';

/**
 * The syntax tree of a template that may be compiled: its size and depth are bounded before it is parsed, and it holds only known
 * tags and helpers.
 * @throws TemplateFault
 */
export function guardTemplate(source: string, helpers: ReadonlyMap<string, KnownHelper>): hbs.AST.Program {
  checkSize(source);
  const program = parse(source, scan(source));
  checkProgram(program, helpers);
  return program;
}

/** @throws TemplateFault `template_too_large` */
export function checkSize(source: string): void {
  const bytes = Buffer.byteLength(source);
  if (bytes <= limits.sourceBytes) return;
  throw new TemplateFault(
    'template_too_large',
    `The template has ${Math.ceil(bytes / 1024)} KB; at most ${limits.sourceBytes / 1024} KB are allowed. ` +
      'Link to images instead of embedding them, or split the mail.',
  );
}
