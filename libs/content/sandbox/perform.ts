import { contextAt } from './context-at.ts';
import { inlineCss, preparePart, type WrittenPart } from '../prepare/index.ts';
import { dialects, PartTranslation } from '../translate/index.ts';
import { knownHelpers } from '../helpers/index.ts';
import { unsupportedFeatures } from './client-support.ts';
import type { Engine } from './engine.ts';
import { countRows } from './count-rows.ts';
import { OutputLimit } from './output-limit.ts';
import { inPart, PartFault } from './part-fault.ts';
import type { PlainText } from './plain-text.ts';
import type {
  RenderedRow,
  RenderWork,
  RowPiece,
  SandboxResult,
  SandboxTask,
  TranslatedParts,
  TranslateWork,
} from './protocol.ts';

export interface Tools {
  engine: Engine;
  plainText: PlainText;
}

/** Does what the parent asks for; `tell` resolves when a piece is on its way. @throws PartFault */
export async function perform(
  tools: Tools,
  task: SandboxTask,
  tell: (piece: RowPiece) => Promise<void>,
): Promise<SandboxResult> {
  switch (task.kind) {
    case 'check':
      return { kind: 'check', parts: await eachPart(task.parts, (part) => tools.engine.check(part)) };
    case 'prepare': {
      const prepare = (part: WrittenPart) => preparePart(part, task.blocks, knownHelpers);
      return { kind: 'prepare', parts: await eachPart(task.parts, prepare) };
    }
    case 'support':
      return { kind: 'support', unsupported: await unsupportedFeatures(task.html, task.clients) };
    case 'translate':
      return { kind: 'translate', translation: translate(task.work) };
    case 'render': {
      const rows: RenderedRow[][] = [];
      for (const work of task.work) rows.push(await renderAll(tools, work));
      return { kind: 'render', rows };
    }
    case 'rows':
      for (let index = 0; index < task.work.rows.length; index++) {
        const row = await tolerantRow(tools, task.work, index);
        await tell({ row });
        const plainText = await plainTextOf(tools, task.work, row);
        if (plainText !== undefined) await tell({ plainText });
      }
      return { kind: 'rows' };
    case 'count':
      return { kind: 'count', counted: await countRows(tools.engine, task.work) };
  }
}

function translate({ parts, vendor, fields }: TranslateWork): TranslatedParts {
  const dialect = dialects[vendor](fields);
  const translated = parts.map(({ name, source, html }) => {
    const { text, untranslated } = new PartTranslation(source, html, dialect);
    return { name, text, untranslated };
  });
  return { parts: translated, fields: dialect.fields.used, lost: [...dialect.lost] };
}

async function eachPart<P extends WrittenPart, T>(parts: P[], task: (part: P) => T | Promise<T>): Promise<T[]> {
  const results: T[] = [];
  for (const part of parts) results.push(await inPart(part.name, () => task(part)));
  return results;
}

async function renderAll(tools: Tools, work: RenderWork): Promise<RenderedRow[]> {
  const rendered: RenderedRow[] = [];
  for (let index = 0; index < work.rows.length; index++) {
    const row = await renderRow(tools, work, index);
    const plainText = await plainTextOf(tools, work, row);
    rendered.push(plainText === undefined ? row : { ...row, plainText });
  }
  return rendered;
}

function plainTextOf(
  { plainText }: Tools,
  { plainTextOf: part }: RenderWork,
  { outputs }: RenderedRow,
): Promise<string> | undefined {
  const html = part === undefined ? undefined : outputs[part];
  return html === undefined ? undefined : plainText.of(html);
}

async function tolerantRow(tools: Tools, work: RenderWork, index: number): Promise<RenderedRow> {
  try {
    return await renderRow(tools, work, index);
  } catch (thrown) {
    if (thrown instanceof PartFault) return { outputs: [], fault: thrown.fault };
    throw thrown;
  }
}

async function renderRow({ engine }: Tools, work: RenderWork, index: number): Promise<RenderedRow> {
  const limit = new OutputLimit();
  const { parts, explain = false } = work;
  const row = contextAt(work, index);
  const frame = { ...work.frame, ...work.frames?.[index] };
  const rendered: RenderedRow = { outputs: [] };
  for (const part of parts) {
    if (work.outcomes) {
      (rendered.outcomes ??= []).push(await inPart(part.name, () => engine.outcomes(part, row, frame)));
      continue;
    }
    const { output, notes } = await inPart(part.name, () => engine.render(part, row, frame));
    if (notes) (rendered.notes ??= []).push(...notes);
    if (explain) {
      const { marked, ...trace } = await inPart(part.name, () => engine.explain(part, row, frame));
      const final = part.inlineCss ? await inPart(part.name, () => inlineCss(marked)) : marked;
      (rendered.explained ??= []).push({ ...trace, marked: final });
    }
    const taken = await inPart(part.name, () => limit.take(output));
    const final = part.inlineCss
      ? await inPart(part.name, async () => limit.grown(taken, await inlineCss(taken)))
      : taken;
    rendered.outputs.push(final);
  }
  return rendered;
}
