import { argumentsOf, isBlock, isMustache, isPartial, isPartialBlock, isPath, isSubExpression } from '../guard/index.ts';

/** What a template takes from elsewhere than the person. */
export interface TemplateUses {
  /** Slugs of feeds. */
  feeds: string[];
  /** Keys of strings. */
  strings: string[];
}

/** The feeds and strings that a template names. */
export function usesIn(program: hbs.AST.Program): TemplateUses {
  const feeds = new Set<string>();
  const strings = new Set<string>();
  visit(program, (node) => {
    if (isPath(node)) {
      const [first, second] = node.data ? node.parts.slice(1) : node.parts;
      if (first === 'feeds' && second !== undefined) feeds.add(second);
      return;
    }
    const { path, params } = node as hbs.AST.MustacheStatement;
    const [key] = params;
    if (!isPath(path) || key?.type !== 'StringLiteral') return;
    const { value } = key as hbs.AST.StringLiteral;
    if (path.original === 't') strings.add(value);
    if (path.original === 'catalog') feeds.add(value);
  });
  return { feeds: [...feeds].sort(), strings: [...strings].sort() };
}

/** Calls and paths, wherever they stand. */
function visit(program: hbs.AST.Program, see: (node: hbs.AST.Node) => void): void {
  for (const statement of program.body) {
    if (isPartial(statement) || isPartialBlock(statement)) visitArguments(statement, see);
    if (isMustache(statement) || isBlock(statement)) visitCall(statement, see);
    if (isPartialBlock(statement)) visit(statement.program, see);
    if (!isBlock(statement)) continue;
    for (const inner of [statement.program, statement.inverse]) if (inner) visit(inner, see);
  }
}

function visitCall(call: hbs.AST.MustacheStatement | hbs.AST.BlockStatement | hbs.AST.SubExpression, see: (node: hbs.AST.Node) => void): void {
  see(call);
  if (isPath(call.path)) see(call.path);
  visitArguments(call, see);
}

function visitArguments(call: { params: hbs.AST.Expression[]; hash?: hbs.AST.Hash }, see: (node: hbs.AST.Node) => void): void {
  for (const argument of argumentsOf(call)) {
    if (isSubExpression(argument)) visitCall(argument, see);
    else if (isPath(argument)) see(argument);
  }
}

