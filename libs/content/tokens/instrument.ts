import { isBlock, isMustache, isPath } from '../guard/index.ts';
import { Conditions, type Branch, type ConditionSite } from './condition.ts';
import { closeMarks } from './markers.ts';
import { sitesOf, type FoundSite } from './sites.ts';
import type { TokenSite, TokenUse } from './token.ts';

/** No template can call them: the guard knows no helpers of these names. */
export const traceHelpers = { token: '$token', condition: '$condition', branch: '$branch' } as const;

/** What the numbers in a trace's calls mean. */
export interface Sites {
  tokens: TokenSite[];
  conditions: ConditionSite[];
}

/**
 * Puts calls of the trace helpers around each tag that has tokens, and at the head of what a condition shows. White space was settled
 * by the parser, so the output stays the same but for the marks.
 */
export function instrument(program: hbs.AST.Program, source: string): Sites {
  const visitor = new Visitor(new Conditions(source));
  visitor.visit(program, []);
  return visitor.sites;
}

class Visitor {
  readonly sites: Sites = { tokens: [], conditions: [] };

  constructor(private readonly conditions: Conditions) {}

  visit(program: hbs.AST.Program, outer: readonly string[]): void {
    const blockParams = program.blockParams ? [...outer, ...program.blockParams] : outer;
    program.body = program.body.flatMap((statement) => {
      if (!isMustache(statement) && !isBlock(statement)) return [statement];
      const { loc } = statement;
      const site = this.conditions.siteOf(statement);
      const condition = site && this.sites.conditions.push(site) - 1;
      if (isBlock(statement)) this.branches(statement, condition, blockParams);
      const found = sitesOf(statement, useOf(statement), blockParams);
      const before = found.map((one) => tokenCall(one, this.sites.tokens.push(one.site) - 1));
      if (condition !== undefined) before.push(call('condition', [condition, found.length], loc));
      return before.length === 0 ? [statement] : [...before, statement, content(closeMarks(before.length), loc)];
    });
  }

  private branches(block: hbs.AST.BlockStatement, condition: number | undefined, outer: readonly string[]): void {
    const branches: [Branch, hbs.AST.Program | undefined][] = [
      ['then', block.program],
      ['else', block.inverse],
    ];
    for (const [branch, program] of branches) {
      if (!program) continue;
      this.visit(program, outer);
      if (condition !== undefined) program.body.unshift(call('branch', [condition, branch], block.loc));
    }
  }
}

export function useOf(statement: hbs.AST.MustacheStatement | hbs.AST.BlockStatement): TokenUse {
  if (isMustache(statement)) return 'text';
  const name = isPath(statement.path) ? statement.path.original : '';
  return name === 'each' || name === 'with' ? 'list' : 'condition';
}

function tokenCall({ value, base, fallback }: FoundSite, number: number): hbs.AST.MustacheStatement {
  const traced = call('token', [number], value.loc);
  traced.params.push(value, base, ...(fallback ? [fallback] : []));
  return traced;
}

function call(
  name: keyof typeof traceHelpers,
  literals: (number | string)[],
  loc: hbs.AST.SourceLocation,
): hbs.AST.MustacheStatement {
  const helper = traceHelpers[name];
  const params = literals.map((value): hbs.AST.Expression => {
    return typeof value === 'number' ? numberLiteral(value, loc) : stringLiteral(value, loc);
  });
  return {
    type: 'MustacheStatement',
    path: { type: 'PathExpression', data: false, depth: 0, parts: [helper], original: helper, loc },
    params,
    hash: { type: 'Hash', pairs: [], loc },
    escaped: false,
    strip: { open: false, close: false },
    loc,
  };
}

function numberLiteral(value: number, loc: hbs.AST.SourceLocation): hbs.AST.NumberLiteral {
  return { type: 'NumberLiteral', value, original: value, loc };
}

function stringLiteral(value: string, loc: hbs.AST.SourceLocation): hbs.AST.StringLiteral {
  return { type: 'StringLiteral', value, original: value, loc };
}

function content(value: string, loc: hbs.AST.SourceLocation): hbs.AST.ContentStatement {
  const statement = { type: 'ContentStatement', value, original: value, loc } as const;
  return statement as unknown as hbs.AST.ContentStatement; // whose `original` is text, whatever Handlebars' types say
}
