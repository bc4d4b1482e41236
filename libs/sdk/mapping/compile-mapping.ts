import { MillraceError } from '../errors/index.ts';
import type { Row } from '../json.ts';
import { mappingFailed } from './faults.ts';
import type { Mapping } from './mapping.ts';
import { compileTargets } from './compile-targets.ts';
import { fillSlots, type TemplateRenderer } from './templates.ts';
import type { Writer } from './writer.ts';

export interface CompiledMapping {
  /** Targets in the mapping's order. */
  targets: string[];
  /** Some rule is a template, so that only `mapBatch` can map. */
  needsTemplates: boolean;
  /** Maps a row; targets without a value are left out. Throws `mapping_failed` naming the target. */
  map(row: Row): Row;
  /** Maps rows, templates rendered in one call; one result a row, in their order. */
  mapBatch(rows: Row[]): Promise<(Row | MillraceError)[]>;
}

export interface MappingOptions {
  /** Renders `{ template }` rules; without it they compile (to be checked) but cannot be mapped. */
  render?: TemplateRenderer;
}

/**
 * Compiles a mapping to closures; mapped rows are nested objects: `traits.firstName` gives `{ traits: { firstName } }`.
 * Limits: 200 targets, 2,000 characters a rule, 32 transforms a rule. Throws `invalid_mapping` naming target, rule and column.
 */
export function compileMapping(mapping: Mapping, options: MappingOptions = {}): CompiledMapping {
  const { targets, templates, write } = compileTargets(mapping);
  const needsTemplates = templates > 0;
  return {
    targets,
    needsTemplates,
    map(row) {
      if (needsTemplates)
        throw new MillraceError('internal', 'This mapping has templates: map its rows with mapBatch().');
      return write(row, { index: 0, slots: [] });
    },
    mapBatch: (rows) => mapBatch(write, rows, options.render),
  };
}

async function mapBatch(write: Writer, rows: Row[], render?: TemplateRenderer): Promise<(Row | MillraceError)[]> {
  const slots: Parameters<typeof fillSlots>[0] = [];
  const results = rows.map((row, index): Row | MillraceError => {
    const own = { index, slots: [] };
    try {
      const mapped = write(row, own);
      slots.push(...own.slots);
      return mapped;
    } catch (thrown) {
      return thrown instanceof MillraceError ? thrown : mappingFailed('$', thrown);
    }
  });
  if (slots.length === 0) return results;
  if (!render)
    throw new MillraceError('internal', 'This mapping has templates, and no renderer was given to compileMapping().');
  await fillSlots(slots, render, (slot, error) => {
    results[slot.index] = new MillraceError(error.code, `Target "${slot.target}": ${error.message}`, { cause: error });
  });
  return results;
}
