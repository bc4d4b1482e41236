import type { Plan } from './plan.ts';

/** A plan for programs; like the text, it holds no secrets. */
export function planJson({ steps, removals, onlyOnServer }: Plan): object {
  const named = ({ kind, slug }: Plan['removals'][number]) => ({ kind: kind.name, slug });
  return {
    steps: steps.map(({ kind, document: { slug }, action, differences }) => ({
      kind: kind.name,
      slug,
      action,
      differences: differences.map(({ path, ...values }) => ({ field: path.join('.'), ...values })),
    })),
    removals: removals.map(named),
    onlyOnServer: onlyOnServer.map(named),
  };
}
