import { isBlock, isMustache, isPath } from '../guard/index.ts';
import { Conditions, takesText, type Branch, type ConditionSite } from './condition.ts';
import { closeMarks } from './markers.ts';
import { sitesOf, sitesOfArgument, type FoundSite } from './sites.ts';
import type { TokenSite, TokenUse } from './token.ts';

/** No template can call them: the guard knows no helpers of these names. */
export const traceHelpers = { token: '$token', condition: '$condition', branch: '$branch', chosen: '$chosen' } as const;

/** What the numbers in a trace's calls mean. */
export interface Sites {
  tokens: TokenSite[];
  conditions: ConditionSite[];
  /** For each block that was put in, the sites of its arguments that are tokens, by the name of the argument. */
  blocks: Map<number, Record<string, number>>;
}

/**
 * Puts calls of the trace helpers around each tag that has tokens, and at the head of what a condition shows and behind it. White space was settled
 * by the parser, so the output stays the same but for the marks. Without marks it
 * stays the same if the trace gives none, and only what `Outcomes` needs is told.
 */
export function instrument(
  program: hbs.AST.Program,
  source: string,
  { marks = true }: { marks?: boolean } = {},
): Sites {
  const visitor = new Visitor(new Conditions(source), marks, /\bassign\b/.test(source));
  visitor.visit(program, []);
  return visitor.sites;
}

interface NumberedSite {
  site: FoundSite;
  number: number;
}

class Visitor {
  readonly sites: Sites = { tokens: [], conditions: [], blocks: new Map() };

  /** Within a block that makes something else of its text. */
  private silent = false;
  /** Blocks around what is visited. */
  private depth = 0;
  private readonly first = new Map<string, TokenSite>();

  constructor(
    private readonly conditions: Conditions,
    private readonly marked: boolean,
    private readonly assigns: boolean,
  ) {}

  visit(program: hbs.AST.Program, outer: readonly string[]): void {
    const blockParams = program.blockParams ? [...outer, ...program.blockParams] : outer;
    program.body = program.body.flatMap((statement) => {
      if (!isMustache(statement) && !isBlock(statement)) return [statement];
      const { loc } = statement;
      const site = this.conditions.siteOf(statement);
      const condition = site && this.sites.conditions.push(this.silent ? { ...site, silent: true } : site) - 1;
      if (isBlock(statement)) this.within(statement, condition, blockParams);
      const found = isUseOfBlock(statement)
        ? this.argumentsOf(statement, blockParams)
        : sitesOf(statement, useOf(statement), blockParams).map((one) => this.number(one));
      const told = this.marked ? found : found.filter(({ site: one }) => one.site.use === 'text' && !this.repeats(one));
      const before = told.map(({ site, number }) => tokenCall(site, number));
      if (condition !== undefined && (this.marked || site?.branches.includes('nothing')))
        before.push(call('condition', [condition, found.length], loc));
      const marks = this.silent || !this.marked ? 0 : before.length;
      const after = condition !== undefined && this.marked ? [call('chosen', [condition], loc)] : [];
      return [...before, statement, ...after, ...(marks === 0 ? [] : [content(closeMarks(marks), loc)])];
    });
  }

  /** Outside of blocks a token is the same wherever it stands, unless something is assigned meanwhile: once is enough. */
  private repeats({ site, value, fallback, insteadOf }: FoundSite): boolean {
    const isShown = fallback?.type === 'StringLiteral' && (fallback as hbs.AST.StringLiteral).value !== '';
    if (this.depth > 0 || this.assigns || value.data || insteadOf || (fallback && !isShown)) return false;
    const key = `${site.written} ${isShown}`;
    const first = this.first.get(key);
    if (first) first.same = [...(first.same ?? []), site];
    else this.first.set(key, site);
    return first !== undefined;
  }

  private number(site: FoundSite): NumberedSite {
    const known = this.silent ? { ...site.site, silent: true as const } : site.site;
    return { site, number: this.sites.tokens.push(known) - 1 };
  }

  private argumentsOf({ params, hash }: hbs.AST.BlockStatement, blockParams: readonly string[]): NumberedSite[] {
    const named: Record<string, number> = {};
    const [number, , ...positional] = params;
    const found = positional.flatMap((argument) => sitesOfArgument(argument, 'argument', blockParams));
    const numbered = found.map((one) => this.number(one));
    for (const { key, value } of hash?.pairs ?? []) {
      const sites = sitesOfArgument(value, 'argument', blockParams).map((one) => this.number(one));
      const [only] = sites;
      if (only && isPath(value)) named[key] = only.number;
      numbered.push(...sites);
    }
    this.sites.blocks.set((number as hbs.AST.NumberLiteral).value, named);
    return numbered;
  }

  private within(block: hbs.AST.BlockStatement, condition: number | undefined, outer: readonly string[]): void {
    const wasSilent = this.silent;
    this.silent ||= takesText(block);
    this.depth += 1;
    this.branches(block, condition, outer);
    this.depth -= 1;
    this.silent = wasSilent;
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

/** A block that was put into a prepared source. */
function isUseOfBlock(
  statement: hbs.AST.MustacheStatement | hbs.AST.BlockStatement,
): statement is hbs.AST.BlockStatement {
  return isBlock(statement) && isPath(statement.path) && statement.path.original === '$block';
}

export function useOf(statement: hbs.AST.MustacheStatement | hbs.AST.BlockStatement): TokenUse {
  if (isMustache(statement)) return 'text';
  const name = isPath(statement.path) ? statement.path.original : '';
  return name === 'each' || name === 'with' ? 'list' : 'condition';
}

function tokenCall({ value, base, fallback, insteadOf }: FoundSite, number: number): hbs.AST.MustacheStatement {
  const traced = call('token', [number], value.loc);
  traced.params.push(value, base);
  if (fallback ?? insteadOf) traced.params.push(fallback ?? undefinedLiteral(value.loc));
  if (insteadOf) traced.params.push(insteadOf);
  return traced;
}

function undefinedLiteral(loc: hbs.AST.SourceLocation): hbs.AST.UndefinedLiteral {
  return { type: 'UndefinedLiteral', loc };
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
