import type { Plan } from './plan.ts';

/** A plan for programs; like the text, it holds no secrets. */
export function planJson({ steps, removals, onlyOnServer }: Plan): object {
  const named = ({ kind, slug }: Plan['onlyOnServer'][number]) => ({ kind: kind.name, slug });
  return {
    steps: steps.map(({ kind, document: { slug }, action, differences, unasked }) => ({
      kind: kind.name,
      slug,
      action,
      differences: differences.map(({ path, ...values }) => ({ field: path.join('.'), ...values })),
      ...(unasked && { unasked }),
    })),
    removals: removals.map(({ resource, usedBy }) => ({ ...named(resource), usedBy: usedBy.map(named) })),
    onlyOnServer: onlyOnServer.map(named),
  };
}
