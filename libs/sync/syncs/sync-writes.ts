import { mappingReads, type Mapping } from '@millrace/sdk';

/** One target that a sync's mapping writes. */
export interface SyncWrite {
  object: string;
  /** As the mapping writes it: `traits.city`, `lines[*].name`. */
  target: string;
  /** Fields of the source that it reads; none for a constant. */
  reads: string[];
}

/** What a sync writes, by object and target; of a list its elements' fields too. */
export function writesOf(outputs: readonly { object: string; mapping: Mapping }[]): SyncWrite[] {
  return outputs.flatMap(({ object, mapping }) => {
    const reads = new Map<string, string[]>(Object.keys(mapping).map((target) => [target, []]));
    for (const { target, field } of mappingReads(mapping)) reads.set(target, [...(reads.get(target) ?? []), field]);
    return [...reads].map(([target, fields]) => ({ object, target, reads: fields }));
  });
}
