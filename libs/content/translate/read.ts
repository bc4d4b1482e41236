import { isPath, isSubExpression } from '../guard/index.ts';
import { Untranslatable, type Comparison, type Condition, type Value } from './expression.ts';
import { literal, type Names } from './names.ts';

const comparing: Record<string, Comparison> = {
  ...{ eq: '==', ifEq: '==', equals: '==', neq: '!=', ne: '!=', notEquals: '!=' },
  ...{ gt: '>', ifGt: '>', greaterThan: '>', gte: '>=', ifGte: '>=' },
  ...{ lt: '<', ifLt: '<', lessThan: '<', lte: '<=', ifLte: '<=' },
};

interface Called {
  path: hbs.AST.Expression;
  params: hbs.AST.Expression[];
  hash?: hbs.AST.Hash;
}

/** What a tag or an argument says. Throws Untranslatable. */
export function readValue(expression: hbs.AST.Expression, names: Names): Value {
  if (isPath(expression)) return names.resolve(expression);
  if (isSubExpression(expression)) return readCall(expression, names);
  const { value = null } = expression as { value?: string | number | boolean | null };
  return literal(value);
}

/** Of `{{name a b c=d}}`; a bare name is a token. Throws Untranslatable. */
export function readCall({ path, params, hash }: Called, names: Names): Value {
  const pairs = hash?.pairs ?? [];
  if (params.length === 0 && pairs.length === 0) return readValue(path, names);
  return {
    kind: 'call',
    name: isPath(path) ? path.original : '',
    args: params.map((param) => readValue(param, names)),
    named: Object.fromEntries(pairs.map(({ key, value }) => [key, readValue(value, names)])),
  };
}

/** Of a block that shows one of two parts; undefined for other blocks. Throws Untranslatable. */
export function readBlockCondition({ path, params }: Called, names: Names): Condition | undefined {
  const name = isPath(path) ? path.original : '';
  const [first] = params;
  if (name === 'if' || name === 'unless') {
    const condition = conditionOf(first ? readValue(first, names) : literal(null));
    return name === 'if' ? condition : { kind: 'not', of: condition };
  }
  if (!(name in comparing) && !['and', 'or', 'not'].includes(name)) return undefined;
  return conditionOf({ kind: 'call', name, args: params.map((param) => readValue(param, names)), named: {} });
}

function conditionOf(value: Value): Condition {
  if (value.kind !== 'call') return { kind: 'present', value };
  const { name, args } = value;
  const op = comparing[name];
  const [a, b] = args;
  if (op && a && b) return { kind: 'compare', op, a, b };
  if (name === 'and' || name === 'or') return { kind: name === 'and' ? 'all' : 'any', of: args.map(conditionOf) };
  if (name === 'not' && a) return { kind: 'not', of: conditionOf(a) };
  throw new Untranslatable(`the condition "${name}" has no counterpart`);
}
