import type { Fix, MailPart } from '../api/index.ts';
import type { Draft } from '../drafts/index.ts';

/** The draft with the edits done; from the end on, so that earlier offsets stay true. */
export function applyFix(draft: Draft, { edits }: Fix): Partial<Draft> {
  const changed: Partial<Record<MailPart, string>> = {};
  for (const { part, start, end, text } of [...edits].sort((a, b) => b.start - a.start)) {
    const source = changed[part] ?? draft[part];
    changed[part] = source.slice(0, start) + text + source.slice(end);
  }
  return changed;
}
