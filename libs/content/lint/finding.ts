import type { MailPart } from '../compose/index.ts';
import type { SourceRange } from '../tokens/index.ts';

/** error: the mail would be broken, so it is not published; warning: somebody would get a worse mail; hint: it could be better. */
export type Severity = 'error' | 'warning' | 'hint';

/** Offsets (UTF-16) in the source of a part. */
export interface Spot {
  part: MailPart;
  start: number;
  end: number;
}

export interface Edit extends Spot {
  /** What stands there afterwards. */
  text: string;
}

export interface Fix {
  /** What it does: `Write {{firstName}}`. */
  title: string;
  /** Done together; they do not overlap. */
  edits: Edit[];
}

/** Something that is wrong with a template. The place is absent where it is about the whole mail. */
export interface Finding extends Partial<SourceRange> {
  rule: string;
  severity: Severity;
  /** What is wrong, and what to do. */
  message: string;
  part?: MailPart;
  fix?: Fix;
}
