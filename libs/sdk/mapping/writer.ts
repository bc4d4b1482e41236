import type { Row } from '../json.ts';
import type { Reader } from './compile-path.ts';
import { mappingFailed, ValueFault } from './faults.ts';
import { isBranch, type Branch } from './target-tree.ts';
import type { Slot } from './templates.ts';

/** What gives a target its value. */
export type Leaf = { target: string } & (
  | { kind: 'rule'; read: Reader }
  | { kind: 'each'; read: Reader; write: Writer }
  | { kind: 'template'; template: string }
);

/** Collects the texts to render for the row at `index`. */
export interface Waiting {
  index: number;
  slots: Slot[];
}

/** Maps a row (or a list's element) to a new object. Throws `mapping_failed`. */
export type Writer = (row: unknown, waiting: Waiting) => Row;

export function writerOf(tree: Branch<Leaf>): Writer {
  const fill = filler(tree);
  return (row, waiting) => fill(row, waiting) ?? {};
}

type Fill = (row: unknown, waiting: Waiting) => Row | undefined;

/** Gives undefined when nothing was written. */
function filler(tree: Branch<Leaf>): Fill {
  const entries = [...tree.children].map(([key, node]) =>
    isBranch(node) ? { key, leaf: undefined, fill: filler(node) } : { key, leaf: node, fill: undefined },
  );
  return (row, waiting) => {
    let result: Row | undefined;
    for (const { key, leaf, fill } of entries) {
      if (leaf?.kind === 'template') {
        result ??= {};
        result[key] = '';
        waiting.slots.push({
          template: leaf.template,
          row: row as Row,
          node: result,
          key,
          target: leaf.target,
          index: waiting.index,
        });
        continue;
      }
      const value = leaf ? valueOf(leaf, row, waiting) : fill(row, waiting);
      if (value !== undefined) (result ??= {})[key] = value;
    }
    return result;
  };
}

function valueOf(leaf: Exclude<Leaf, { kind: 'template' }>, row: unknown, waiting: Waiting): unknown {
  try {
    const value = leaf.read(row);
    return leaf.kind === 'each' ? elementsOf(value, leaf.write, waiting) : value;
  } catch (thrown) {
    throw mappingFailed(leaf.target, thrown);
  }
}

function elementsOf(list: unknown, write: Writer, waiting: Waiting): Row[] | undefined {
  if (list === undefined || list === null) return undefined;
  if (!Array.isArray(list)) throw new ValueFault('"each" needs a list', list);
  return list.map((element) => write(element, waiting));
}
