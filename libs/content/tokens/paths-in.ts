import { argumentsOf, isBlock, isMustache, isPartial, isPartialBlock } from '../guard/index.ts';
import { sitesOf, sitesOfArgument } from './sites.ts';

/** The tokens that a template names, as it writes them, each once: for lists and searching. */
export function pathsIn(program: hbs.AST.Program): string[] {
  const paths = new Set<string>();
  collect(program, paths, []);
  return [...paths].sort();
}

function collect(program: hbs.AST.Program, paths: Set<string>, outer: readonly string[]): void {
  const blockParams = program.blockParams ? [...outer, ...program.blockParams] : outer;
  for (const statement of program.body) {
    if (isPartial(statement) || isPartialBlock(statement)) {
      for (const argument of argumentsOf(statement)) {
        for (const { site } of sitesOfArgument(argument, 'argument', blockParams)) paths.add(site.written);
      }
      if (isPartialBlock(statement)) collect(statement.program, paths, blockParams);
    }
    if (!isMustache(statement) && !isBlock(statement)) continue;
    for (const { site } of sitesOf(statement, 'text', blockParams)) paths.add(site.written);
    if (!isBlock(statement)) continue;
    for (const inner of [statement.program, statement.inverse]) if (inner) collect(inner, paths, blockParams);
  }
}
