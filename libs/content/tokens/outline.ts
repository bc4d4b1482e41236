import {
  argumentsOf,
  isBlock,
  isMustache,
  isPartial,
  isPartialBlock,
  isPath,
  isSubExpression,
  simpleName,
} from '../guard/index.ts';
import { knownHelpers } from '../helpers/index.ts';
import { Conditions, type ConditionSite } from './condition.ts';
import { useOf } from './instrument.ts';
import { Scope } from './scope.ts';
import { sitesOf, sitesOfArgument, type FoundSite } from './sites.ts';
import type { SourceRange, TokenUse } from './token.ts';

export interface OutlinedToken extends SourceRange {
  /** As the template writes it. */
  written: string;
  /** Absolute, elements as `[*]`: `lastOrder.lines[*].name`. Several where data decide; none where the source alone does not tell. */
  paths: string[];
  use: TokenUse;
  /** Something shows in its place when it is missing. */
  fallback: boolean;
  /** It stands where a condition has made sure that it, or what holds it, is there. */
  guarded: boolean;
  /** It is what a helper is given. */
  argument: boolean;
}

/** What a template's source alone says. */
export interface Outline {
  tokens: OutlinedToken[];
  conditions: ConditionSite[];
}

export function outlineOf(program: hbs.AST.Program, source: string): Outline {
  const outliner = new Outliner(new Conditions(source));
  outliner.visit(program, Scope.root, { blockParams: [], sure: [] });
  return outliner.outline;
}

interface Surroundings {
  blockParams: readonly string[];
  /** Paths that are there for certain. */
  sure: readonly string[];
}

class Outliner {
  readonly outline: Outline = { tokens: [], conditions: [] };

  constructor(private readonly conditions: Conditions) {}

  visit(program: hbs.AST.Program, scope: Scope, around: Surroundings): void {
    const blockParams = [...around.blockParams, ...(program.blockParams ?? [])];
    for (const statement of program.body) {
      if (isPartial(statement) || isPartialBlock(statement)) {
        const given = argumentsOf(statement).flatMap((argument) => sitesOfArgument(argument, 'argument', blockParams));
        this.outline.tokens.push(...given.map((one) => outlined(one, undefined, scope, around.sure)));
        if (isPartialBlock(statement)) this.visit(statement.program, scope, { ...around, blockParams });
      }
      if (!isMustache(statement) && !isBlock(statement)) continue;
      const found = sitesOf(statement, useOf(statement), blockParams);
      const tokens = found.map((one) => outlined(one, statement.path, scope, around.sure));
      this.outline.tokens.push(...tokens);
      const condition = this.conditions.siteOf(statement);
      if (condition) this.outline.conditions.push(condition);
      if (!isBlock(statement)) continue;
      const name = isPath(statement.path) ? simpleName(statement.path, blockParams) : undefined;
      const helper = name !== undefined && (knownHelpers.has(name) || name.startsWith('$')) ? name : undefined;
      const unsure = new Set(unsurePaths(statement).map(({ loc }) => placeKey(loc.start.line, loc.start.column + 1)));
      const told = tokens.filter(({ line, column }) => !unsure.has(placeKey(line, column)));
      const sure = [...around.sure, ...told.flatMap(({ paths }) => paths)];
      const negative = /^(unless|not|neq|notEquals)$/.test(helper ?? '');
      const then = negative || helper === 'or' ? around : { ...around, sure };
      const parts: [hbs.AST.Program | undefined, Scope, Surroundings][] = [
        [statement.program, scope.within(statement, helper), then],
        [statement.inverse, scope, negative ? { ...around, sure } : around],
      ];
      for (const [part, inner, { sure: known }] of parts)
        if (part) this.visit(part, inner, { blockParams, sure: known });
    }
  }
}

/** Calls that are true whether or not what they are given is there. */
const unsureCalls = /^(or|not|neq?|notEquals|defaultIfEmpty|insert)$/;

/** The paths within such calls among a block's arguments: that it shows says nothing of them. */
function unsurePaths(call: Parameters<typeof argumentsOf>[0], isUnsure = false): hbs.AST.PathExpression[] {
  return argumentsOf(call).flatMap((argument) => {
    if (isPath(argument)) return isUnsure ? [argument] : [];
    if (!isSubExpression(argument)) return [];
    const name = isPath(argument.path) ? argument.path.original : '';
    return unsurePaths(argument, isUnsure || unsureCalls.test(name));
  });
}

function placeKey(line: number, column: number): string {
  return `${line}:${column}`;
}

function outlined(
  { site, value, fallback }: FoundSite,
  called: hbs.AST.Node | undefined,
  scope: Scope,
  sure: readonly string[],
): OutlinedToken {
  const { written, line, column, endLine, endColumn, use } = site;
  const paths = [...new Set(scope.resolve(value))];
  return {
    written,
    line,
    column,
    endLine,
    endColumn,
    paths,
    use,
    fallback: fallback !== undefined,
    guarded: paths.length > 0 && paths.every((one) => sure.some((known) => one === known || isWithin(one, known))),
    argument: called?.loc.start.line !== line || called.loc.start.column + 1 !== column,
  };
}

function isWithin(inner: string, outer: string): boolean {
  return inner.startsWith(outer) && '.['.includes(inner.charAt(outer.length) || '?');
}
