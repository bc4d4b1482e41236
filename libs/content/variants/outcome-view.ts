import type { MailPart } from '../compose/index.ts';
import type { Branch, Outline } from '../tokens/index.ts';

/** What a mail may show of one place of the template. */
export interface OutcomeView {
  /** Null: of the mail as a whole. */
  part: MailPart | null;
  line: number | null;
  column: number | null;
  /** The tag of the condition, or the token. */
  written: string;
  /** then, else, nothing: what a condition chose. missing, fallback: a token. failed: there is no mail. */
  what: Branch | 'missing' | 'fallback' | 'failed';
  people: number;
}

export type Outlines = Partial<Record<MailPart, Outline>>;

/** The outcome of a key (`source 3:4 then`), in the words of the template. */
export function outcomeView(key: string, people: number, outlines: Outlines): OutcomeView {
  const [, part, line, column, what] = /^(\w+) (\d+):(\d+) (\w+)$/.exec(key) ?? [];
  if (part === undefined || line === undefined || column === undefined) {
    return { part: null, line: null, column: null, written: key.replace(/^mail /, ''), what: 'failed', people };
  }
  const at = { line: Number(line), column: Number(column) };
  const outline = outlines[part as MailPart];
  const site = [...(outline?.conditions ?? []), ...(outline?.tokens ?? [])].find(
    (one) => one.line === at.line && one.column === at.column,
  );
  return { part: part as MailPart, ...at, written: site?.written ?? '', what: what as OutcomeView['what'], people };
}

/** What conditions may choose, by key. */
export function possibleBranches(outlines: Outlines): string[] {
  return Object.entries(outlines).flatMap(([part, { conditions }]) =>
    conditions.flatMap(({ line, column, branches }) => branches.map((branch) => `${part} ${line}:${column} ${branch}`)),
  );
}
