import {
  compileCondition,
  MillraceError,
  refuseVainTests,
  type Condition,
  type Mapping,
  type TemplateRenderer,
} from '@millrace/sdk';
import { canonicalJson } from '#platform';
import { compileOutput } from '../engine/rows/object-mapping.ts';
import type { Output } from '../engine/rows/outputs.ts';
import type { SyncDto } from './sync.dto.ts';
import type { Sync } from './sync.schema.ts';

/** The mappings of a request: `mapping` is short for one of `outputs`. */
export function outputsIn({
  mapping,
  outputs,
  to,
}: Pick<SyncDto, 'mapping' | 'outputs' | 'to'>): Record<string, Mapping> | undefined {
  if (mapping && outputs)
    throw new MillraceError('invalid_mapping', 'Give either `mapping` (for `to.object`) or `outputs`, not both.');
  if (!mapping) return outputs;
  if (!to.object)
    throw new MillraceError('invalid_mapping', 'A `mapping` needs `to.object`, the object that it maps to.');
  return { [to.object]: mapping };
}

/** Whether rows are mapped or chosen differently. */
export function changesRules(next: Rules, existing: Rules): boolean {
  const rules = ({ outputs, filter }: Rules): string => canonicalJson([outputs, filter]);
  return rules(next) !== rules(existing);
}

type Rules = Pick<Sync, 'outputs' | 'filter'>;

const neverRendered: TemplateRenderer = () =>
  Promise.reject(new MillraceError('internal', 'Templates are not rendered while a sync is checked.'));

/** Throws `invalid_mapping`, which names the object, unless they can be compiled. */
export function checkMappings(outputs: Pick<Output, 'object' | 'mapping'>[]): void {
  for (const output of outputs) compileOutput(output, { render: neverRendered });
}

/** Throws `invalid_condition`. A filter that was saved before goes on as it is (`saved`), whatever else of its sync is changed. */
export function checkFilter(filter: Condition, saved?: Condition): void {
  compileCondition(filter);
  if (canonicalJson(filter) !== canonicalJson(saved)) refuseVainTests(filter);
}
