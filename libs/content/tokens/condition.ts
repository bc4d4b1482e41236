import { isBlock, isPath, scan, type Tag } from '../guard/index.ts';
import { knownHelpers } from '../helpers/index.ts';
import { Lines } from './lines.ts';
import type { SourceRange, TracedToken } from './token.ts';

/** Which part of a block shows: the one behind its opening tag, the one behind `{{else}}`, or neither. */
export type Branch = 'then' | 'else' | 'nothing';

/** A block that shows or hides something, in a source. */
export interface ConditionSite extends SourceRange {
  /** The opening tag: `{{#if (gt lastOrder.total 100)}}`. */
  written: string;
  branches: Branch[];
  /** As with a token's site. */
  silent?: true;
}

/** A block as one render met it. */
export interface TracedCondition extends Omit<ConditionSite, 'branches' | 'silent'> {
  chosen: Branch;
  /** How often the chosen part was gone through: more than once in a loop. */
  times: number;
  /** What the condition saw. */
  values: Pick<TracedToken, 'path' | 'written' | 'value' | 'missing'>[];
}

/** Calls that tell whether something holds, as blocks and inline. */
const tests = /^(eq|neq?|[gl]te?|and|or|not|equals|notEquals|greaterThan|lessThan|contains)$|^if[A-Z]/;
const deciding = /^(if|unless|each|with|minInList|maxInList|lookup|catalog)$/;
/** Blocks that show their text as it is, always. */
const showing = /^(sortBy|groupBy)$/;

/** Whether what the call is given decides what shows, and does not show itself. */
export function isTest(name: string): boolean {
  return tests.test(name);
}

/** Tells the conditions of one source; blocks that only change their text are none. */
export class Conditions {
  readonly #source: string;
  readonly #lines: Lines;
  readonly #tags: Map<number, Tag>;

  constructor(source: string) {
    this.#source = source;
    this.#lines = new Lines(source);
    this.#tags = new Map(scan(source).tags.map((tag) => [tag.start, tag]));
  }

  siteOf(statement: hbs.AST.Statement): ConditionSite | undefined {
    if (!isBlock(statement) || !decides(statement)) return undefined;
    const { start } = statement.loc;
    const tag = this.#tags.get(this.#lines.offset(start.line, start.column + 1));
    if (!tag) return undefined;
    const branches: Branch[] = [];
    // `{{^x}}` has an else and nothing before it, whatever Handlebars' types say.
    branches.push((statement.program as hbs.AST.Program | undefined) ? 'then' : 'nothing');
    branches.push((statement.inverse as hbs.AST.Program | undefined) ? 'else' : 'nothing');
    return { written: this.#source.slice(tag.start, tag.end), ...this.#lines.range(tag.start, tag.end), branches };
  }
}

/** Whether the block makes something else of its text: `{{#md5}}`, `{{#assign "x"}}`. `{{#vip}}` does not: it is a condition too. */
export function takesText(block: hbs.AST.BlockStatement): boolean {
  const name = nameOf(block);
  return knownHelpers.has(name) && !decides(block) && !showing.test(name);
}

function decides(block: hbs.AST.BlockStatement): boolean {
  const name = nameOf(block);
  return tests.test(name) || deciding.test(name) || (!name.startsWith('$') && !knownHelpers.has(name));
}

/** `$…` are of prepared sources. */
function nameOf({ path }: hbs.AST.BlockStatement): string {
  return isPath(path) ? path.original.replace(/^\.\//, '') : '';
}
