import { scan } from '../guard/index.ts';

/** The source with its tags and comments overwritten by spaces: HTML whose offsets are those of the source. */
export function maskTags(source: string): string {
  const { tags } = scan(source);
  const pieces: string[] = [];
  let at = 0;
  for (const { start, end } of tags) {
    pieces.push(source.slice(at, start), source.slice(start, end).replace(/[^\n]/g, ' '));
    at = end;
  }
  pieces.push(source.slice(at));
  return pieces
    .join('')
    .replace(/\{\{!--[\s\S]*?--~?\}\}|\{\{![\s\S]*?\}\}/g, (comment) => comment.replace(/[^\n]/g, ' '));
}
