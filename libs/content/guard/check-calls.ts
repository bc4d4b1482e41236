import { TemplateFault, type Place } from './fault.ts';
import { nearest } from './nearest.ts';

/** What the guard has to know of a helper. */
export interface KnownHelper {
  /** Arguments that it needs at least; with fewer, `{{name}}` is a token of that name. */
  least: number;
  /** It is called even when it stands alone: `{{timestamp}}`. */
  bare?: boolean;
}

export const isPath = (node: hbs.AST.Node): node is hbs.AST.PathExpression => node.type === 'PathExpression';

type Call = hbs.AST.MustacheStatement | hbs.AST.BlockStatement | hbs.AST.SubExpression;

/**
 * Checks that a tag is a token or a call of a known helper. A helper's name without the arguments that it needs is a token
 * (`{{first}}` is a trait): it is made a scoped path, so that no helper of Handlebars' own can be called by surprise.
 * @throws TemplateFault `template_invalid`
 */
export function checkCall(call: Call, helpers: ReadonlyMap<string, KnownHelper>, blockParams: readonly string[]): void {
  const { path } = call;
  if (!isPath(path)) {
    throw fault(call, 'A tag must start with the name of a token or a helper, without quotes.');
  }
  const name = simpleName(path, blockParams);
  const isCall = call.type === 'SubExpression' || call.params.length > 0 || (call.hash?.pairs.length ?? 0) > 0;
  const known = name === undefined ? undefined : helpers.get(name);
  const isBlock = call.type === 'BlockStatement';
  const mayBeCall = isCall || known?.bare || (isBlock && known?.least === 0);
  if (known && mayBeCall) {
    if (call.params.length >= known.least) return;
    throw fault(call, `"${name}" needs ${known.least} ${known.least === 1 ? 'value' : 'values'}: {{${name} …}}.`);
  }
  if (isCall) throw unknownHelper(call, path.original, [...helpers.keys()]);
  if (name !== undefined) path.original = `./${path.original}`;
}

/** The name when it could be a helper's: one part, neither scoped nor a block parameter nor `@data`. */
export function simpleName(path: hbs.AST.PathExpression, blockParams: readonly string[]): string | undefined {
  const [name] = path.parts;
  const scoped = /^\.|this\b/.test(path.original);
  if (path.parts.length !== 1 || path.depth > 0 || path.data || scoped || name === undefined) return undefined;
  return blockParams.includes(name) ? undefined : name;
}

function unknownHelper(call: Call, name: string, known: string[]): TemplateFault {
  const near = nearest(name, known);
  const advice = near === undefined ? 'Check its spelling, or take it out.' : `Did you mean "${near}"?`;
  return fault(call, `There is no helper "${name.slice(0, 60)}". ${advice}`);
}

function fault(node: hbs.AST.Node, message: string): TemplateFault {
  return new TemplateFault('template_invalid', message, placeOf(node));
}

/** Where a node starts, counted from 1. */
export function placeOf({ loc }: hbs.AST.Node): Place {
  return { line: loc.start.line, column: loc.start.column + 1 };
}
