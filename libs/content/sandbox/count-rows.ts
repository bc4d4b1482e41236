import { contextAt } from './context-at.ts';
import { oneLine } from '../explain/index.ts';
import type { RenderFrame } from '../helpers/index.ts';
import {
  blankGreeting,
  escapeHtml,
  firstStrayBraces,
  hasBlankGreeting,
  hiddenPreheader,
  meansBraces,
} from '../mail-text/index.ts';
import { inlineCss, unsafeLinks } from '../prepare/index.ts';
import { Outcomes } from '../tokens/index.ts';
import type { Engine, PartCounter } from './engine.ts';
import { OutputLimit } from './output-limit.ts';
import { asPartFault, inPart, PartFault } from './part-fault.ts';
import type { CountedRow, CountedRows, CountWork, OutputSign, RenderNote, RenderPart } from './protocol.ts';

interface Counter {
  part: RenderPart;
  counter: PartCounter;
}

/** What a row's parts came to. */
interface RowOutputs {
  texts: Record<string, string>;
  /** A part shows braces, and the author wrote none as `\{{`. */
  strayBraces: boolean;
  /** Of each part, in their order; a part's have the same length for everybody. */
  outcomes: string;
  notes: RenderNote[];
  bytes: number;
}

/** Renders rows as `renderRow` does, and keeps of each only what is counted. @throws PartFault when no row can be rendered */
export async function countRows(engine: Engine, work: CountWork): Promise<CountedRows> {
  const counters: Counter[] = [];
  for (const part of work.parts) counters.push({ part, counter: await inPart(part.name, () => engine.counting(part)) });
  const met = new MetOutcomes(counters);
  const rows: CountedRow[] = [];
  for (let index = 0; index < work.rows.length; index++) rows.push(await countRow(counters, work, index, met));
  return { rows, outcomes: met.lists };
}

async function countRow(counters: Counter[], work: CountWork, index: number, met: MetOutcomes): Promise<CountedRow> {
  try {
    const limit = new OutputLimit();
    const outputs = renderParts(counters, contextAt(work, index), { ...work.frame, ...work.frames?.[index] }, limit);
    const inlined = counters.find(({ part }) => part.inlineCss);
    if (!inlined) return told(outputs, met, outputs.bytes);
    if (index % work.inlineEvery !== 0) return told(outputs, met);
    const before = outputs.texts[inlined.part.name] ?? '';
    const after = await inPart(inlined.part.name, async () => limit.grown(before, await inlineCss(before)));
    return told(outputs, met, Buffer.byteLength(after));
  } catch (thrown) {
    if (thrown instanceof PartFault) return { fault: thrown.fault };
    throw thrown;
  }
}

function renderParts(counters: Counter[], row: object, frame: RenderFrame, limit: OutputLimit): RowOutputs {
  const outputs: RowOutputs = { texts: {}, strayBraces: false, outcomes: '', notes: [], bytes: 0 };
  for (const { part, counter } of counters) {
    try {
      const { output, outcomes, notes } = counter.count(row, frame);
      const bytes = limit.count(output);
      if (part.name === 'source') outputs.bytes = bytes;
      outputs.texts[part.name] = output;
      outputs.strayBraces ||= searched.has(part.name) && showsStrayBraces(output, part);
      outputs.outcomes += outcomes;
      if (notes) outputs.notes.push(...notes);
    } catch (thrown) {
      throw asPartFault(part.name, thrown);
    }
  }
  return outputs;
}

/** @param bytes of the part `source`, where it was measured */
function told(outputs: RowOutputs, met: MetOutcomes, bytes?: number): CountedRow {
  const { texts, outcomes, notes } = outputs;
  const { position, hasBlankGreeting } = met.add(outcomes, texts);
  const row: CountedRow = { outcomes: position };
  const signs = signsIn(outputs);
  if (hasBlankGreeting) signs.unshift('blank_greeting');
  if (signs.length > 0) row.signs = signs;
  if (notes.length > 0) row.notes = notes;
  if (bytes !== undefined) row.bytes = bytes + preheaderBytes(outputs);
  return row;
}

/** Of what hides the preheader: the same around each. */
const hidingBytes = Buffer.byteLength(hiddenPreheader('x')) - 1;

function preheaderBytes({ texts: { preheader = '' } }: RowOutputs): number {
  return preheader === '' ? 0 : hidingBytes + Buffer.byteLength(escapeHtml(oneLine(preheader)));
}

/** Parts in which signs are looked for. */
const searched = new Set(['source', 'subject', 'preheader']);

function showsStrayBraces(output: string, part: RenderPart): boolean {
  return firstStrayBraces(output) !== undefined && !meansBraces([part], part.name);
}

function signsIn({ texts: { source = '', subject = '', preheader = '' }, strayBraces }: RowOutputs): OutputSign[] {
  const shown = [source, subject, preheader];
  const signs: OutputSign[] = [];
  if (subject.trim() === '') signs.push('empty_subject');
  if (strayBraces) signs.push('literal_braces');
  if (shown.some((text) => text.includes('[object Object]'))) signs.push('object_as_text');
  if (unsafeLinks(source).length > 0) signs.push('unsafe_link');
  return signs;
}

/** The different outcomes of a batch: people whose mails have the same ones share much. */
class MetOutcomes {
  readonly lists: string[][] = [];
  readonly #known = new Map<string, { position: number; hasBlankGreeting: boolean }>();

  constructor(private readonly counters: readonly Counter[]) {}

  /** Where only values differ, greetings do not: they are looked for once. */
  add(outcomes: string, texts: RowOutputs['texts']): { position: number; hasBlankGreeting: boolean } {
    const known = this.#known.get(outcomes);
    if (known) return known;
    const position = this.lists.push(this.#told(outcomes)) - 1;
    const entry = { position, hasBlankGreeting: Outcomes.showBlanks(outcomes) && greetsNobody(texts) };
    this.#known.set(outcomes, entry);
    return entry;
  }

  #told(outcomes: string): string[] {
    let from = 0;
    return this.counters.flatMap(({ part, counter }) => {
      const own = outcomes.slice(from, (from += counter.sites));
      return counter.told(own).map((outcome) => `${part.name} ${outcome}`);
    });
  }
}

function greetsNobody({ source = '', subject = '', preheader = '' }: RowOutputs['texts']): boolean {
  return [subject, preheader].some((text) => blankGreeting(text) !== undefined) || hasBlankGreeting(source);
}
