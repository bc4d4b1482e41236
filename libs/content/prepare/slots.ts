import { isBlock, isPath } from '../guard/index.ts';
import { internalHelpers as internal } from './internal-helpers.ts';

/**
 * Makes the body that a caller gave to a layout the `{{else}}` of that layout's block: so it is compiled in the caller's scope, and
 * `../` in it leads where the caller's does. In the layout's own place stays a call that renders it.
 */
export function liftSlots(program: hbs.AST.Program): void {
  lift(program, new Map());
}

function lift(program: hbs.AST.Program, open: Map<number, hbs.AST.BlockStatement>): void {
  program.body = program.body.map((statement) => {
    if (!isBlock(statement)) return statement;
    const name = isPath(statement.path) ? statement.path.original : '';
    const number = (statement.params[0] as hbs.AST.NumberLiteral | undefined)?.value ?? 0;
    if (name === internal.block) open.set(number, statement);
    for (const inner of [statement.program, statement.inverse]) if (inner) lift(inner, open);
    if (name !== internal.slot) return statement;
    const owner = open.get(number);
    if (owner) owner.inverse = statement.program;
    return { ...statement, type: 'MustacheStatement', escaped: false } as unknown as hbs.AST.MustacheStatement;
  });
}
