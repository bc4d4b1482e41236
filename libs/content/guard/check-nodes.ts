import { blockUseOf, isPartial, isPartialBlock, type BlockUse } from './block-use.ts';
import { checkCall, placeOf, type KnownHelper } from './check-calls.ts';
import { TemplateFault } from './fault.ts';

type Helpers = ReadonlyMap<string, KnownHelper>;

/**
 * Lets through what mails need and nothing else: text, comments, tokens, calls, Handlebars' blocks, and reusable blocks by name.
 * Decorators and whatever a later Handlebars may add are refused.
 * @returns the reusable blocks that are used, in order
 * @throws TemplateFault `template_invalid`
 */
export function checkProgram(
  program: hbs.AST.Program,
  helpers: Helpers,
  outer: readonly string[] = [],
  uses: BlockUse[] = [],
): BlockUse[] {
  const blockParams = program.blockParams ? [...outer, ...program.blockParams] : outer;
  for (const statement of program.body) checkStatement(statement, helpers, blockParams, uses);
  return uses;
}

function checkStatement(
  statement: hbs.AST.Statement,
  helpers: Helpers,
  blockParams: readonly string[],
  uses: BlockUse[],
): void {
  if (isText(statement)) return;
  if (isPartial(statement) || isPartialBlock(statement)) {
    const use = blockUseOf(statement);
    if (use) uses.push(use);
    checkArguments(statement, helpers, blockParams);
    if (isPartialBlock(statement)) checkProgram(statement.program, helpers, blockParams, uses);
    return;
  }
  if (isMustache(statement)) {
    const use = blockUseOf(statement);
    if (use) uses.push(use);
    return checkCallAndArguments(statement, helpers, blockParams);
  }
  if (!isBlock(statement)) throw refused(statement);
  checkCallAndArguments(statement, helpers, blockParams);
  for (const program of [statement.program, statement.inverse]) {
    if (program) checkProgram(program, helpers, blockParams, uses);
  }
}

function checkCallAndArguments(
  call: hbs.AST.MustacheStatement | hbs.AST.BlockStatement | hbs.AST.SubExpression,
  helpers: Helpers,
  blockParams: readonly string[],
): void {
  checkCall(call, helpers, blockParams);
  checkArguments(call, helpers, blockParams);
}

function checkArguments(
  call: { params: hbs.AST.Expression[]; hash?: hbs.AST.Hash },
  helpers: Helpers,
  blockParams: readonly string[],
): void {
  for (const argument of argumentsOf(call)) {
    if (isSubExpression(argument)) checkCallAndArguments(argument, helpers, blockParams);
    else if (!argumentTypes.has(argument.type)) throw refused(argument);
  }
}

const argumentTypes = new Set([
  'PathExpression',
  'StringLiteral',
  'NumberLiteral',
  'BooleanLiteral',
  'NullLiteral',
  'UndefinedLiteral',
]);

/** The positional and the named arguments. */
export function argumentsOf(call: { params: hbs.AST.Expression[]; hash?: hbs.AST.Hash }): hbs.AST.Expression[] {
  return [...call.params, ...(call.hash?.pairs.map((pair) => pair.value) ?? [])];
}

export const isMustache = (node: hbs.AST.Node): node is hbs.AST.MustacheStatement => node.type === 'MustacheStatement';
export const isBlock = (node: hbs.AST.Node): node is hbs.AST.BlockStatement => node.type === 'BlockStatement';
export const isSubExpression = (node: hbs.AST.Node): node is hbs.AST.SubExpression => node.type === 'SubExpression';
const isText = ({ type }: hbs.AST.Node): boolean => type === 'ContentStatement' || type === 'CommentStatement';

const names = new Map([
  ['Decorator', 'Decorators ({{* …}}) are'],
  ['DecoratorBlock', 'Decorators ({{#* …}}) are'],
]);

function refused(node: hbs.AST.Node): TemplateFault {
  const message = `${names.get(node.type) ?? 'This kind of tag is'} not available in templates: remove it.`;
  return new TemplateFault('template_invalid', message, placeOf(node));
}
