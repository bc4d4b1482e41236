import { RuleFault } from './faults.ts';

/** Targets as a tree, so that a row's nested objects are written without looking paths up. */
export interface Branch<L> {
  children: Map<string, L | Branch<L>>;
}

export const isBranch = <L extends object>(node: L | Branch<L>): node is Branch<L> => 'children' in node;

/** Puts a leaf at its place. Throws a RuleFault when another target is the same, or lies above or below. */
export function plant<L extends object>(tree: Branch<L>, names: string[], leaf: L): void {
  let branch = tree;
  for (const [depth, name] of names.entries()) {
    const there = branch.children.get(name);
    const path = names.slice(0, depth + 1).join('.');
    if (depth === names.length - 1) {
      if (there) throw new RuleFault(collision(path, isBranch(there)));
      branch.children.set(name, leaf);
    } else if (there && !isBranch(there))
      throw new RuleFault(`the target "${path}" is set already; it cannot hold fields too.`);
    else if (there) branch = there;
    else {
      const grown: Branch<L> = { children: new Map() };
      branch.children.set(name, grown);
      branch = grown;
    }
  }
}

function collision(path: string, isBranch: boolean): string {
  return isBranch
    ? `other targets write fields of "${path}"; it cannot be set as a whole too.`
    : `the target "${path}" is there twice.`;
}
