import { argumentsOf, isPath, isSubExpression, simpleName } from '../guard/index.ts';
import { knownHelpers } from '../helpers/index.ts';
import { isTest } from './condition.ts';
import type { SourceRange, TokenSite, TokenUse } from './token.ts';

type Call = hbs.AST.MustacheStatement | hbs.AST.BlockStatement | hbs.AST.SubExpression;

export interface FoundSite {
  site: TokenSite;
  value: hbs.AST.PathExpression;
  /** What the path starts at: the context, an outer one, a block parameter or `@root`. */
  base: hbs.AST.PathExpression;
  fallback?: hbs.AST.Expression;
  /** What it is itself the fallback of, or what a test shows that does not choose it: it is not needed where that is there. */
  insteadOf?: hbs.AST.Expression;
}

/** The tokens of one tag, its arguments and theirs. */
export function sitesOf(call: Call, use: TokenUse, blockParams: readonly string[]): FoundSite[] {
  if (!isPath(call.path)) return [];
  const name = simpleName(call.path, blockParams);
  const isCall = name !== undefined && (knownHelpers.has(name) || name.startsWith('$')); // `$`: of a prepared source
  if (!isCall) return siteOf(call.path, use, blockParams);
  const [value, fallback] = call.params;
  const takesFallback = fallback && value && isPath(value) && (name === 'defaultIfEmpty' || name === 'insert');
  return argumentsOf(call).flatMap((argument) => {
    const own = isTest(name) && call.params.includes(argument) && use === 'text' ? 'condition' : use;
    const sites = sitesOfArgument(argument, own, blockParams);
    if (takesFallback && argument === fallback) return sites.map((found) => standIn(found, value));
    const other = use === 'text' && isTest(name) ? otherSide(call, argument) : undefined;
    if (other) return sites.map((found) => standIn(found, other));
    if (!takesFallback || !isPath(argument) || argument !== value) return sites;
    return sites.map((found) => ({
      ...found,
      fallback,
      site: { ...found.site, fallback: name === 'insert' ? ('sendgrid' as const) : ('plain' as const) },
    }));
  });
}

/** Within several: the outermost that is there shows. */
function standIn({ insteadOf: inner, ...found }: FoundSite, value: hbs.AST.Expression): FoundSite {
  return { ...found, insteadOf: inner ? either(value, inner) : value };
}

/** Of `yes=` or `no=` what shows where the test does not choose it, a blank at least; nothing where it does. */
function otherSide(call: Call, argument: hbs.AST.Expression): hbs.AST.SubExpression | undefined {
  const { path, params, hash } = call;
  const own = hash?.pairs.find(({ value }) => value === argument);
  const key = own && otherKeys.get(own.key);
  if (!own || key === undefined || !isPath(path)) return undefined;
  const { loc } = own;
  const blank: hbs.AST.StringLiteral = { type: 'StringLiteral', value: ' ', original: ' ', loc };
  const given = hash?.pairs.find((pair) => pair.key === key);
  const pair: hbs.AST.HashPair = { type: 'HashPair', key, value: given ? either(given.value, blank) : blank, loc };
  return { type: 'SubExpression', path, params, hash: { type: 'Hash', pairs: [pair], loc }, loc };
}

const otherKeys: ReadonlyMap<string, string> = new Map([
  ['yes', 'no'],
  ['no', 'yes'],
]);

function either(value: hbs.AST.Expression, other: hbs.AST.Expression): hbs.AST.SubExpression {
  const { loc } = value;
  const original = 'defaultIfEmpty';
  return {
    type: 'SubExpression',
    path: { type: 'PathExpression', data: false, depth: 0, parts: [original], original, loc },
    params: [value, other],
    hash: { type: 'Hash', pairs: [], loc },
    loc,
  };
}

/** The tokens that stand alone as an argument, or within its calls. */
export function sitesOfArgument(
  argument: hbs.AST.Expression,
  use: TokenUse,
  blockParams: readonly string[],
): FoundSite[] {
  if (isSubExpression(argument)) return sitesOf(argument, use, blockParams);
  return isPath(argument) ? siteOf(argument, use, blockParams) : [];
}

/** None for `@index` and the like: they are no data of a person. */
function siteOf(path: hbs.AST.PathExpression, use: TokenUse, blockParams: readonly string[]): FoundSite[] {
  const [first = ''] = path.parts;
  if (path.data && first !== 'root') return [];
  const scoped = /^\.|this\b/.test(path.original);
  const isParam = path.depth === 0 && !scoped && !path.data && blockParams.includes(first);
  const heads = path.data || isParam ? 1 : 0;
  const base = { ...path, parts: path.parts.slice(0, heads), original: baseText(path, isParam) };
  const site = { written: path.original.replace(/^\.\//, ''), ...rangeOf(path), use, tail: path.parts.slice(heads) };
  return [{ site, value: { ...path }, base }];
}

function baseText(path: hbs.AST.PathExpression, isParam: boolean): string {
  if (path.data) return '@root';
  if (isParam) return path.parts[0] ?? '';
  return path.depth === 0 ? '.' : Array.from({ length: path.depth }, () => '..').join('/');
}

function rangeOf({ loc: { start, end } }: hbs.AST.Node): SourceRange {
  return { line: start.line, column: start.column + 1, endLine: end.line, endColumn: end.column + 1 };
}
