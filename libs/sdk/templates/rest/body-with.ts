import { MillraceError } from '../../errors/index.ts';
import { isObject } from '../../is-object.ts';
import { pathSteps } from '../../mapping/index.ts';
import type { RestStream } from './rest-stream.ts';

type PathStep = ReturnType<typeof pathSteps>[number];

/**
 * A copy of the body with values at paths such as `variables.after`: objects are made on the way. An element of a list (`query.value[0].value`) has to
 * be there: search APIs take conditions so. Throws `invalid_config`.
 */
export function bodyWith(body: RestStream['body'], values: Record<string, string | number>): Record<string, unknown> {
  const whole: Record<string, unknown> = structuredClone(body ?? {});
  for (const [path, value] of Object.entries(values)) {
    const steps = pathSteps(path);
    const last = steps.pop();
    const parent = steps.reduce<object>((node, step) => {
      const place = placeIn(node, step, path);
      const child: unknown = Reflect.get(node, place);
      if (typeof child === 'object' && child !== null) return child;
      const made = {};
      Reflect.set(node, place, made);
      return made;
    }, whole);
    if (!last) throw lacking(path);
    Reflect.set(parent, placeIn(parent, last, path), value);
  }
  return whole;
}

function placeIn(node: object, step: PathStep, path: string): string | number {
  if (step.kind === 'name' && isObject(node)) return step.name;
  if (step.kind === 'index' && Array.isArray(node) && step.index in node) return step.index;
  throw lacking(path);
}

function lacking(path: string): MillraceError {
  return new MillraceError(
    'invalid_config',
    `"${path}" leads nowhere in the body. Write the names of its fields, with dots between them, and [0] for the first element of a list that the body has.`,
  );
}
