import { isBlock, isMustache, isPath } from '../guard/index.ts';
import { sitesOf, type FoundSite } from './sites.ts';
import type { TokenSite, TokenUse } from './token.ts';

/** No template can call it: the guard knows no helper of this name. */
export const traceHelper = '$trace';

/**
 * Puts a call of the trace helper, which prints nothing, before each tag that has tokens. White space was settled by the parser,
 * so the output stays the same.
 * @returns the sites, by the number that each call gives
 */
export function instrument(program: hbs.AST.Program): TokenSite[] {
  const sites: TokenSite[] = [];
  visit(program, sites, []);
  return sites;
}

function visit(program: hbs.AST.Program, sites: TokenSite[], outer: readonly string[]): void {
  const blockParams = program.blockParams ? [...outer, ...program.blockParams] : outer;
  program.body = program.body.flatMap((statement) => {
    if (!isMustache(statement) && !isBlock(statement)) return [statement];
    if (isBlock(statement)) {
      for (const inner of [statement.program, statement.inverse]) if (inner) visit(inner, sites, blockParams);
    }
    const found = sitesOf(statement, useOf(statement), blockParams);
    return [...found.map((one) => traceCall(one, sites.push(one.site) - 1)), statement];
  });
}

function useOf(statement: hbs.AST.MustacheStatement | hbs.AST.BlockStatement): TokenUse {
  if (isMustache(statement)) return 'text';
  const name = isPath(statement.path) ? statement.path.original : '';
  return name === 'each' || name === 'with' ? 'list' : 'condition';
}

function traceCall({ value, base, fallback }: FoundSite, number: number): hbs.AST.MustacheStatement {
  const { loc } = value;
  const id: hbs.AST.NumberLiteral = { type: 'NumberLiteral', value: number, original: number, loc };
  return {
    type: 'MustacheStatement',
    path: { type: 'PathExpression', data: false, depth: 0, parts: [traceHelper], original: traceHelper, loc },
    params: [id, value, base, ...(fallback ? [fallback] : [])],
    hash: { type: 'Hash', pairs: [], loc },
    escaped: false,
    strip: { open: false, close: false },
    loc,
  };
}
