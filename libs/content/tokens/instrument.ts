import { isBlock, isMustache, isPath } from '../guard/index.ts';
import { sitesOf, sitesOfArgument, type FoundSite } from './sites.ts';
import type { TokenSite, TokenUse } from './token.ts';

/** No template can call it: the guard knows no helper of this name. */
export const traceHelper = '$trace';

export interface TokenSites {
  /** By the number that each call of the trace helper gives. */
  sites: TokenSite[];
  /** For each block that was put in, the sites of its arguments that are tokens, by the name of the argument. */
  blocks: Map<number, Record<string, number>>;
}

/**
 * Puts a call of the trace helper, which prints nothing, before each tag that has tokens. White space was settled by the parser,
 * so the output stays the same.
 */
export function instrument(program: hbs.AST.Program): TokenSites {
  const found: TokenSites = { sites: [], blocks: new Map() };
  visit(program, found, []);
  return found;
}

function visit(program: hbs.AST.Program, all: TokenSites, outer: readonly string[]): void {
  const blockParams = program.blockParams ? [...outer, ...program.blockParams] : outer;
  program.body = program.body.flatMap((statement) => {
    if (!isMustache(statement) && !isBlock(statement)) return [statement];
    if (isBlock(statement)) {
      for (const inner of [statement.program, statement.inverse]) if (inner) visit(inner, all, blockParams);
    }
    if (isUseOfBlock(statement)) return [...traceArguments(statement, all, blockParams), statement];
    const found = sitesOf(statement, useOf(statement), blockParams);
    return [...found.map((one) => traceCall(one, all.sites.push(one.site) - 1)), statement];
  });
}

function traceArguments(
  { params, hash }: hbs.AST.BlockStatement,
  all: TokenSites,
  blockParams: readonly string[],
): hbs.AST.MustacheStatement[] {
  const named: Record<string, number> = {};
  const calls: hbs.AST.MustacheStatement[] = [];
  const [number, , ...positional] = params;
  const trace = (argument: hbs.AST.Expression, name?: string): void => {
    for (const one of sitesOfArgument(argument, 'argument', blockParams)) {
      const site = all.sites.push(one.site) - 1;
      if (name !== undefined && isPath(argument)) named[name] = site;
      calls.push(traceCall(one, site));
    }
  };
  for (const argument of positional) trace(argument);
  for (const { key, value } of hash?.pairs ?? []) trace(value, key);
  all.blocks.set((number as hbs.AST.NumberLiteral).value, named);
  return calls;
}

/** A block that was put into a prepared source. */
function isUseOfBlock(
  statement: hbs.AST.MustacheStatement | hbs.AST.BlockStatement,
): statement is hbs.AST.BlockStatement {
  return isBlock(statement) && isPath(statement.path) && statement.path.original === '$block';
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
