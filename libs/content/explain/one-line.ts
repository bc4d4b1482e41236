const runs = /(?:[\s\p{Cc}]|\ufdd0\d*[\ufdd1\ufdd3]|\ufdd2)+/gu;

/**
 * A header is one line; whatever data brings, it cannot start another header. Of a text with marks (tokens/markers.ts) the white space
 * is joined across the marks, so that without them it is the same line.
 */
export function oneLine(text: string): string {
  return text.replace(runs, (run, at: number) => {
    const marks = run.replace(/[\s\p{Cc}]+/gu, '');
    const isInner = at > 0 && at + run.length < text.length;
    return marks.length < run.length && isInner ? ` ${marks}` : marks;
  });
}
