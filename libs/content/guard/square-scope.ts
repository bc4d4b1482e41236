import { slugOf } from './block-use.ts';
import { isPath, type KnownHelper } from './check-calls.ts';
import { argumentsOf, isBlock, isMustache, isSubExpression } from './check-nodes.ts';

type Helpers = ReadonlyMap<string, KnownHelper>;
/** Whose context a block brings: a feed's, or the person's. */
type Frame = 'square' | 'curly';

interface Around {
  /** Innermost first. */
  frames: readonly Frame[];
  blockParams: readonly string[];
  /** Of what was put in for a block: where its caller stands, whose body is of there. */
  caller?: Around;
}

const contextual = new Set(['each', 'with', 'minInList', 'maxInList']);

/**
 * Gives names in square brackets the meaning that they have in Iterable's templates: there they are those of data feeds and nothing else, and names in
 * curly brackets those of the person, whichever loops stand around both. `this` and `@index` are the loop's in either.
 *
 * @param squares whether a tag that starts here is written in square brackets
 */
export function resolveSquareTags(
  program: hbs.AST.Program,
  squares: (loc: hbs.AST.SourceLocation) => boolean,
  helpers: Helpers,
  around: Around = { frames: [], blockParams: [] },
): void {
  const inner: Around = { ...around, blockParams: [...around.blockParams, ...(program.blockParams ?? [])] };
  for (const statement of program.body) {
    if (!isMustache(statement) && !isBlock(statement)) continue;
    const kind: Frame = squares(statement.loc) ? 'square' : 'curly';
    resolveCall(statement, kind, helpers, inner);
    if (!isBlock(statement)) continue;
    const within = withinBlock(statement, kind, helpers, inner);
    if ((statement.program as hbs.AST.Program | undefined) !== undefined)
      resolveSquareTags(statement.program, squares, helpers, within);
    if ((statement.inverse as hbs.AST.Program | undefined) !== undefined)
      resolveSquareTags(statement.inverse, squares, helpers, inner);
  }
}

function withinBlock(block: hbs.AST.BlockStatement, kind: Frame, helpers: Helpers, around: Around): Around {
  const name = isPath(block.path) ? block.path.original : '';
  if (name === '$block') return { frames: [], blockParams: around.blockParams, caller: around };
  if (name === '$slot') return around.caller ?? around;
  return changesContext(block, helpers) ? { ...around, frames: [kind, ...around.frames] } : around;
}

type Call = hbs.AST.MustacheStatement | hbs.AST.BlockStatement | hbs.AST.SubExpression;

function resolveCall(call: Call, kind: Frame, helpers: Helpers, around: Around): void {
  if (isPath(call.path) && !isHelper(call, helpers)) resolvePath(call.path, kind, around);
  for (const argument of argumentsOf(call)) {
    if (isSubExpression(argument)) resolveCall(argument, kind, helpers, around);
    else if (isPath(argument)) resolvePath(argument, kind, around);
  }
}

function isHelper({ path, params, hash, type }: Call, helpers: Helpers): boolean {
  if (type === 'SubExpression' || params.length > 0 || (hash?.pairs.length ?? 0) > 0) return true;
  const known = isPath(path) && path.parts.length === 1 ? helpers.get(path.original) : undefined;
  return known?.bare === true || (type === 'BlockStatement' && known?.least === 0);
}

function changesContext(block: hbs.AST.BlockStatement, helpers: Helpers): boolean {
  const name = isPath(block.path) ? block.path.original : '';
  return contextual.has(name) || (block.params.length === 0 && !helpers.has(name));
}

function resolvePath(path: hbs.AST.PathExpression, kind: Frame, { frames, blockParams }: Around): void {
  const [first = ''] = path.parts;
  const isThis = /^(?:\.(?!\.)|this\b)/.test(path.original);
  if (path.data || isThis || (path.depth === 0 && blockParams.includes(first))) return;
  const own = frames.flatMap((frame, index) => (frame === kind ? [index] : []));
  const level = own[path.depth];
  if (level !== undefined || kind === 'curly') {
    const depth = level ?? frames.length + Math.max(0, path.depth - own.length);
    Object.assign(path, { depth, original: '../'.repeat(depth) + path.parts.join('.') });
    return;
  }
  const parts = path.parts.map((part, index) => (index === 0 ? slugOf(part) : part.replace(/^"(.*)"$/, '$1')));
  const all = ['root', 'feeds', ...parts];
  Object.assign(path, { data: true, depth: 0, parts: all, original: `@${all.join('.')}` });
}
