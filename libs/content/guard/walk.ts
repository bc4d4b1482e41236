import { isPartial, isPartialBlock } from './block-use.ts';
import { isPath } from './check-calls.ts';
import { argumentsOf, isBlock, isMustache, isSubExpression } from './check-nodes.ts';

export type Call = hbs.AST.MustacheStatement | hbs.AST.BlockStatement | hbs.AST.SubExpression;

export interface Visitor {
  /** A tag or a call within one, before its arguments. */
  call?(call: Call): void;
  /** A token, or the name of what is called. */
  path?(path: hbs.AST.PathExpression): void;
}

/** Shows a visitor each call and each path of a template, wherever they stand. */
export function walk(program: hbs.AST.Program, visitor: Visitor): void {
  for (const statement of program.body) {
    if (isPartial(statement) || isPartialBlock(statement)) walkArguments(statement, visitor);
    if (isMustache(statement) || isBlock(statement)) walkCall(statement, visitor);
    if (isPartialBlock(statement)) walk(statement.program, visitor);
    if (!isBlock(statement)) continue;
    for (const inner of [statement.program, statement.inverse]) if (inner) walk(inner, visitor);
  }
}

function walkCall(call: Call, visitor: Visitor): void {
  visitor.call?.(call);
  if (isPath(call.path)) visitor.path?.(call.path);
  walkArguments(call, visitor);
}

function walkArguments(call: { params: hbs.AST.Expression[]; hash?: hbs.AST.Hash }, visitor: Visitor): void {
  for (const argument of argumentsOf(call)) {
    if (isSubExpression(argument)) walkCall(argument, visitor);
    else if (isPath(argument)) visitor.path?.(argument);
  }
}
