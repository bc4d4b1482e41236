import type { TemplateParts } from '../compose/index.ts';
import type { Fix } from './finding.ts';

/** The parts after a fix. */
export function applyFix(parts: TemplateParts, { edits }: Fix): TemplateParts {
  const fixed = { ...parts };
  for (const { part, start, end, text } of [...edits].sort((a, b) => b.start - a.start)) {
    const source = fixed[part] ?? '';
    fixed[part] = source.slice(0, start) + text + source.slice(end);
  }
  return fixed;
}
