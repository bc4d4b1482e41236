import type { Row } from '../json.ts';
import { MillraceError } from '../errors/index.ts';

/** Renders each template for its rows: texts in the order of the requests and their rows. */
export type TemplateRenderer = (requests: { template: string; rows: Row[] }[]) => Promise<string[][]>;

/** A place in a mapped row that waits for a template's text. */
export interface Slot {
  template: string;
  row: Row;
  node: Row;
  key: string;
  target: string;
  /** Position of the source row in its batch. */
  index: number;
}

/** Faults of one template with one row's data, as against a renderer that is down. */
const rowFaults: readonly string[] = ['template_failed', 'template_timeout', 'template_too_large'];

/**
 * Renders the waiting texts in one call. When that fails for what a row holds, the batch is halved until the rows at fault are
 * found; they go to `fail`.
 */
export async function fillSlots(
  slots: Slot[],
  render: TemplateRenderer,
  fail: (slot: Slot, error: MillraceError) => void,
): Promise<void> {
  if (slots.length === 0) return;
  try {
    await renderSlots(slots, render);
  } catch (thrown) {
    if (!(thrown instanceof MillraceError) || !rowFaults.includes(thrown.code)) throw thrown;
    const [first] = slots;
    if (first && slots.length === 1) return fail(first, thrown);
    const middle = slots.length >> 1;
    await fillSlots(slots.slice(0, middle), render, fail);
    await fillSlots(slots.slice(middle), render, fail);
  }
}

async function renderSlots(slots: Slot[], render: TemplateRenderer): Promise<void> {
  const byTemplate = new Map<string, Slot[]>();
  for (const slot of slots) {
    const waiting = byTemplate.get(slot.template);
    if (waiting) waiting.push(slot);
    else byTemplate.set(slot.template, [slot]);
  }
  const requests = [...byTemplate].map(([template, waiting]) => ({ template, rows: waiting.map((slot) => slot.row) }));
  const texts = await render(requests);
  for (const [request, waiting] of [...byTemplate.values()].entries()) {
    for (const [position, slot] of waiting.entries()) {
      const text = texts[request]?.[position];
      if (text === undefined)
        throw new MillraceError('internal', 'The template renderer gave too few texts. Report this.');
      slot.node[slot.key] = text;
    }
  }
}
