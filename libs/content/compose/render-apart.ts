import { type MillraceError } from '@millrace/sdk';
import type { RenderedRow, RenderWork, Sandbox } from '../sandbox/index.ts';

/** People of a batch for whom a template may end the process before it counts as broken for all. */
const mostEnds = 5;

/**
 * Renders rows together. Whoever's row ends the process (too slow, too large) has the error, and the others are rendered behind it.
 * @throws MillraceError when it happens to many, or when the sandbox cannot work
 */
export async function renderApart(sandbox: Sandbox, work: RenderWork): Promise<(RenderedRow | MillraceError)[]> {
  const done: (RenderedRow | MillraceError)[] = [];
  for (let ends = 0; done.length < work.rows.length; ends++) {
    const { rows, error } = await sandbox.renderRows(rest(work, done.length));
    done.push(...rows);
    if (!error) return done;
    if (ends >= mostEnds) throw error;
    done.push(error);
  }
  return done;
}

function rest(work: RenderWork, from: number): RenderWork {
  if (from === 0) return work;
  const { rows, frames, feeds } = work;
  const behind = { ...(frames && { frames: frames.slice(from) }), ...(feeds && { feeds: feeds.slice(from) }) };
  return { ...work, rows: rows.slice(from), ...behind };
}
