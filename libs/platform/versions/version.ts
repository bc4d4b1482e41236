/** Which of two versions of a source record is newer, and whether they say the same. Stored in thousands, hence the short names. */
export interface Version {
  /** At: milliseconds since 1970, the time of the change in the source. */
  a: number;
  /** Sequence: orders rows of a run with an equal `a`. */
  s: number;
  /** By: the run that wrote it. Ids of runs sort by time. */
  b: string;
  /** The run that `a` and `s` are of, where it is not `b`: a later one confirmed the content. Empty where runs do not order. */
  o?: string;
  /** Hash of the content. */
  h: string;
  /** The source record, where several may speak of one thing. */
  k?: string;
}

/**
 * Negative when `x` is older than `y`, 0 when they are the same version: by (at, run, sequence, content). Of changes with an equal time the later
 * read tells more: cursors are coarse (two changes within a second), and a changed mapping maps the same change anew.
 */
export function compareVersions(x: Version, y: Version): number {
  return x.a - y.a || compareTexts(runOf(x), runOf(y)) || x.s - y.s || compareTexts(x.h, y.h);
}

function runOf({ o, b }: Version): string {
  return o ?? b;
}

function compareTexts(x: string, y: string): number {
  return x < y ? -1 : x > y ? 1 : 0;
}

/**
 * What a row means to the version that is there: `replace` it, only `touch` its time, or leave it. `replayed`: this very run wrote it, before a
 * crash. `undated` rows tell only when they were seen: with the same content, nothing moves. Nor does it when a later run reads the same change
 * again, as every run does at its boundary.
 */
export type Judgement = 'replace' | 'touch' | 'same' | 'older' | 'replayed';

export function judge(row: Version, known: Version | undefined, undated = false): Judgement {
  if (!known) return 'replace';
  const order = compareVersions(row, known);
  if (row.h !== known.h) return order > 0 ? 'replace' : 'older';
  if (order === 0 && row.b === known.b && row.k === known.k) return 'replayed';
  const readAgain = row.a === known.a && runOf(row) !== runOf(known);
  return order > 0 && !undated && !readAgain ? 'touch' : 'same';
}

/** The version to keep: a touched one stays its writer's, so that a replay is told from a repeat. */
export function afterJudgement<V extends Version>(judgement: Judgement, row: V, known: V | undefined): V {
  if (judgement === 'replace' || !known) return row;
  return judgement === 'touch' ? touched(known, row) : known;
}

/** A version whose content a newer row confirmed. */
export function touched<V extends Version>(known: V, row: Version): V {
  const version: V = { ...known, a: row.a, s: row.s, o: runOf(row) };
  if (version.o === known.b) delete version.o;
  return version;
}
