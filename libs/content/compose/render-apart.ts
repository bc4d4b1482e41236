import { MillraceError } from '@millrace/sdk';
import type { RenderedRow, RenderWork, Sandbox } from '../sandbox/index.ts';

/** Milliseconds that a batch may take: those of one mail, and more for each further one. */
const deadlineOf = (rows: number): number => 1000 + 40 * (rows - 1);

/** People for whom a template may end the process before it counts as broken for all. */
const mostEnds = 5;

/**
 * Renders rows together. When one of them ends the process (too slow, too large), they are rendered in halves, so that only that
 * person has the error.
 * @throws MillraceError when it happens to many, or when the sandbox cannot work
 */
export async function renderApart(sandbox: Sandbox, work: RenderWork): Promise<(RenderedRow | MillraceError)[]> {
  const ends = { left: work.rows.length === 1 ? 1 : mostEnds };
  return renderHalves(sandbox, work, ends);
}

async function renderHalves(
  sandbox: Sandbox,
  work: RenderWork,
  ends: { left: number },
): Promise<(RenderedRow | MillraceError)[]> {
  const { length } = work.rows;
  try {
    const [rows = []] = await sandbox.render([work], { deadlineMs: deadlineOf(length) });
    return rows;
  } catch (error) {
    if (!(error instanceof MillraceError) || !['template_timeout', 'template_failed'].includes(error.code)) throw error;
    if (length <= 1) {
      ends.left -= 1;
      if (ends.left < 0) throw error;
      return [error];
    }
    const middle = Math.ceil(length / 2);
    const first = await renderHalves(sandbox, slice(work, 0, middle), ends);
    return [...first, ...(await renderHalves(sandbox, slice(work, middle, length), ends))];
  }
}

function slice(work: RenderWork, from: number, to: number): RenderWork {
  const { rows, frames } = work;
  return { ...work, rows: rows.slice(from, to), ...(frames && { frames: frames.slice(from, to) }) };
}
