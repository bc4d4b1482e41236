import { isPath, walk } from '../guard/index.ts';

/** Where the render keeps what `#assign` sets. */
export const assignedData = 'assigned';

/**
 * Makes two manners of other vendors work in Handlebars: names that Iterable's `#assign` sets are seen in loops too, and SendGrid's
 * `{{#greaterThan 0 length items}}` means `(length items)`.
 */
export function translateDialects(program: hbs.AST.Program): void {
  const assigned = new Set<string>();
  walk(program, {
    call(call) {
      const [first] = call.params;
      if (isPath(call.path) && call.path.original === 'assign' && first?.type === 'StringLiteral') {
        assigned.add((first as hbs.AST.StringLiteral).value);
      }
      call.params = withLengths(call.params);
    },
  });
  if (assigned.size === 0) return;
  walk(program, {
    path(path) {
      const [first = ''] = path.parts;
      if (path.data || path.depth > 0 || !assigned.has(String(first))) return;
      Object.assign(path, {
        data: true,
        parts: [assignedData, ...path.parts],
        original: `@${assignedData}.${path.parts.join('.')}`,
      });
    },
  });
}

function withLengths(params: hbs.AST.Expression[]): hbs.AST.Expression[] {
  const at = params.findIndex(
    (param, index) => isPath(param) && param.original === 'length' && index + 1 < params.length,
  );
  const [path, list] = [params[at], params[at + 1]];
  if (!path || !list) return params;
  const call = {
    type: 'SubExpression',
    path,
    params: [list],
    hash: { type: 'Hash', pairs: [], loc: path.loc },
    loc: path.loc,
  };
  return [...params.slice(0, at), call, ...params.slice(at + 2)];
}
