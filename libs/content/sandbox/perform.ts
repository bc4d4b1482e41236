import { TemplateFault } from '../guard/index.ts';
import { unsupportedFeatures } from './client-support.ts';
import type { Engine } from './engine.ts';
import { OutputLimit } from './output-limit.ts';
import type { PlainText } from './plain-text.ts';
import type { RenderedRow, RenderPart, RenderWork, SandboxFault, SandboxResult, SandboxTask } from './protocol.ts';

/** A fault with the part that it is in. */
export class PartFault extends Error {
  constructor(readonly fault: SandboxFault) {
    super(fault.message);
  }
}

export interface Tools {
  engine: Engine;
  plainText: PlainText;
}

/** Does what the parent asks for. @throws PartFault */
export async function perform({ engine, plainText }: Tools, task: SandboxTask): Promise<SandboxResult> {
  if (task.kind === 'check') {
    return { kind: 'check', parts: task.parts.map((part) => inPart(part, () => engine.check(part))) };
  }
  if (task.kind === 'support') {
    return { kind: 'support', unsupported: await unsupportedFeatures(task.html, task.clients) };
  }
  const rows: RenderedRow[][] = [];
  for (const work of task.work) {
    const rendered: RenderedRow[] = [];
    for (const row of work.rows) rendered.push(await renderRow({ engine, plainText }, work, row));
    rows.push(rendered);
  }
  return { kind: 'render', rows };
}

async function renderRow({ engine, plainText }: Tools, work: RenderWork, row: object): Promise<RenderedRow> {
  const limit = new OutputLimit();
  const { parts, frame } = work;
  const rendered: RenderedRow = { outputs: [] };
  for (const part of parts) {
    inPart(part, () => {
      if (work.outcomes) return (rendered.outcomes ??= []).push(engine.outcomes(part, row, frame));
      if (!work.explain) return rendered.outputs.push(limit.take(engine.render(part, row, frame)));
      const { output, ...explained } = engine.explain(part, row, frame);
      rendered.outputs.push(limit.take(output));
      return (rendered.explained ??= []).push(explained);
    });
  }
  const html = work.plainTextOf === undefined ? undefined : rendered.outputs[work.plainTextOf];
  if (html !== undefined) rendered.plainText = await plainText.of(html);
  return rendered;
}

function inPart<T>(part: RenderPart, task: () => T): T {
  try {
    return task();
  } catch (thrown) {
    if (!(thrown instanceof TemplateFault)) throw thrown;
    const { code, message, place } = thrown;
    throw new PartFault({ code, message, part: part.name, ...(place && { place }) });
  }
}
