import { contextAt } from './context-at.ts';
import { oneLine } from '../explain/index.ts';
import type { RenderFrame } from '../helpers/index.ts';
import { blankGreeting, hiddenPreheader } from '../mail-text/index.ts';
import { inlineCss } from '../prepare/index.ts';
import type { CountPart, Engine } from './engine.ts';
import { OutputLimit } from './output-limit.ts';
import { asPartFault, inPart, PartFault } from './part-fault.ts';
import type { CountedRow, CountedRows, CountWork, OutputSign, RenderNote, RenderPart } from './protocol.ts';

interface Counter {
  part: RenderPart;
  count: CountPart;
}

/** What a row's parts came to. */
interface RowOutputs {
  texts: Record<string, string>;
  outcomes: string[];
  notes: RenderNote[];
  bytes: number;
}

/** Renders rows as `renderRow` does, and keeps of each only what is counted. @throws PartFault when no row can be rendered */
export async function countRows(engine: Engine, work: CountWork): Promise<CountedRows> {
  const counters: Counter[] = [];
  for (const part of work.parts) counters.push({ part, count: await inPart(part.name, () => engine.counting(part)) });
  const met = new MetOutcomes();
  const rows: CountedRow[] = [];
  for (let index = 0; index < work.rows.length; index++) rows.push(await countRow(counters, work, index, met));
  return { rows, outcomes: met.lists };
}

async function countRow(counters: Counter[], work: CountWork, index: number, met: MetOutcomes): Promise<CountedRow> {
  try {
    const inlined = counters.find(({ part }) => part.inlineCss);
    const row = contextAt(work, index);
    const frame = { ...work.frame, ...work.frames?.[index] };
    const limit = new OutputLimit();
    const outputs = renderParts(counters, row, frame, limit);
    const isMeasured = !inlined || index % work.inlineEvery === 0;
    if (inlined && isMeasured) {
      const before = outputs.texts[inlined.part.name] ?? '';
      const after = await inPart(inlined.part.name, async () => limit.grown(before, await inlineCss(before)));
      outputs.bytes = Buffer.byteLength(after);
    }
    return { ...told(outputs, met), ...(isMeasured && { bytes: outputs.bytes + preheaderBytes(outputs) }) };
  } catch (thrown) {
    if (thrown instanceof PartFault) return { fault: thrown.fault };
    throw thrown;
  }
}

function renderParts(counters: Counter[], row: object, frame: RenderFrame, limit: OutputLimit): RowOutputs {
  const outputs: RowOutputs = { texts: {}, outcomes: [], notes: [], bytes: 0 };
  for (const { part, count } of counters) {
    try {
      const { output, outcomes, notes } = count(row, frame);
      const bytes = limit.count(output);
      if (part.name === 'source') outputs.bytes = bytes;
      outputs.texts[part.name] = output;
      for (const outcome of outcomes) outputs.outcomes.push(`${part.name} ${outcome}`);
      if (notes) outputs.notes.push(...notes);
    } catch (thrown) {
      throw asPartFault(part.name, thrown);
    }
  }
  return outputs;
}

function told({ texts, outcomes, notes }: RowOutputs, met: MetOutcomes): CountedRow {
  const { position, hasBlankGreeting } = met.add(outcomes, texts);
  const signs = signsIn(texts);
  if (hasBlankGreeting) signs.unshift('blank_greeting');
  return { outcomes: position, ...(signs.length > 0 && { signs }), ...(notes.length > 0 && { notes }) };
}

function preheaderBytes({ texts: { preheader = '' } }: RowOutputs): number {
  return preheader === '' ? 0 : Buffer.byteLength(hiddenPreheader(oneLine(preheader)));
}

function signsIn({ source = '', subject = '', preheader = '' }: RowOutputs['texts']): OutputSign[] {
  const shown = [source, subject, preheader];
  const signs: OutputSign[] = [];
  if (subject.trim() === '') signs.push('empty_subject');
  if (shown.some((text) => text.includes('{{') || text.includes('}}'))) signs.push('literal_braces');
  if (shown.some((text) => text.includes('[object Object]'))) signs.push('object_as_text');
  return signs;
}

/** The different outcomes of a batch: people whose mails have the same ones share much. */
class MetOutcomes {
  readonly lists: string[][] = [];
  readonly #known = new Map<string, { position: number; hasBlankGreeting: boolean }>();

  /** Where only values differ, greetings do not: they are looked for once. */
  add(outcomes: string[], texts: RowOutputs['texts']): { position: number; hasBlankGreeting: boolean } {
    const key = outcomes.join('\n');
    const known = this.#known.get(key);
    if (known) return known;
    const isBlank = outcomes.some((outcome) => outcome.endsWith(' missing'));
    const entry = { position: this.lists.push(outcomes) - 1, hasBlankGreeting: isBlank && greetsNobody(texts) };
    this.#known.set(key, entry);
    return entry;
  }
}

function greetsNobody({ source = '', subject = '', preheader = '' }: RowOutputs['texts']): boolean {
  const body = source.replace(/<[^<>]*>/g, '');
  return [subject, preheader, body].some((text) => blankGreeting(text) !== undefined);
}
