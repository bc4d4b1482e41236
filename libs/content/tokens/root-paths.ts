import { argumentsOf, isBlock, isMustache, isPartial, isPartialBlock, isPath } from '../guard/index.ts';
import { knownHelpers } from '../helpers/index.ts';
import { sitesOf, sitesOfArgument, type FoundSite } from './sites.ts';

/** Paths from the top of the context, dotted, each once: what a template reads of a person, not of a list's elements. */
export function rootPathsIn(program: hbs.AST.Program): string[] {
  const paths = new Set<string>();
  collect(program, paths, [], 0);
  return [...paths].sort();
}

/** @param depth how many times `each`, `with` or a block of a value changed the context */
function collect(program: hbs.AST.Program, paths: Set<string>, outer: readonly string[], depth: number): void {
  const blockParams = program.blockParams ? [...outer, ...program.blockParams] : outer;
  const add = (sites: readonly FoundSite[]): void => {
    for (const path of sites.map((found) => rootPathOf(found, depth))) if (path !== undefined) paths.add(path);
  };
  for (const statement of program.body) {
    if (isPartial(statement) || isPartialBlock(statement)) {
      add(argumentsOf(statement).flatMap((argument) => sitesOfArgument(argument, 'argument', blockParams)));
      if (isPartialBlock(statement)) collect(statement.program, paths, blockParams, depth);
    }
    if (!isMustache(statement) && !isBlock(statement)) continue;
    add(sitesOf(statement, 'text', blockParams));
    if (!isBlock(statement)) continue;
    if (statement.program) collect(statement.program, paths, blockParams, depth + (changesContext(statement) ? 1 : 0));
    if (statement.inverse) collect(statement.inverse, paths, blockParams, depth);
  }
}

function rootPathOf({ site, value }: FoundSite, depth: number): string | undefined {
  if (value.data) return site.tail.join('.') || undefined; // @root.…
  const isBlockParam = site.tail.length < value.parts.length;
  return isBlockParam || value.depth !== depth ? undefined : value.parts.join('.') || undefined;
}

const conditions = new Set(['if', 'unless']);
const iterations = new Set(['each', 'with', 'minInList', 'maxInList']);

function changesContext({ path, params }: hbs.AST.BlockStatement): boolean {
  const name = isPath(path) ? path.original : '';
  if (iterations.has(name)) return true;
  return params.length === 0 && !conditions.has(name) && !knownHelpers.has(name);
}
