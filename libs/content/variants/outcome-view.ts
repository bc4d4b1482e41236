import { writtenPlace, type MailPart, type PreparedMail } from '../compose/index.ts';
import type { Branch } from '../tokens/index.ts';

/** What a mail may show of one place of the template. */
export interface OutcomeView {
  /** Null: of the mail as a whole. */
  part: MailPart | null;
  /** The reusable block that it stands in: `line` and `column` are of that block's source. */
  block?: string;
  line: number | null;
  column: number | null;
  /** The tag of the condition, or the token. */
  written: string;
  /** then, else, nothing: what a condition chose. missing, fallback: a token. failed: there is no mail. */
  what: Branch | 'missing' | 'fallback' | 'failed';
  people: number;
}

/** The outcome of a key (`source 3:4 then`), where people wrote it. */
export function outcomeView(key: string, people: number, prepared: PreparedMail): OutcomeView {
  const [, name, line, column, what] = /^(\w+) (\d+):(\d+) (\w+)$/.exec(key) ?? [];
  if (name === undefined || line === undefined || column === undefined) {
    return { part: null, line: null, column: null, written: key.replace(/^mail /, ''), what: 'failed', people };
  }
  const at = { line: Number(line), column: Number(column) };
  const { conditions = [], tokens = [] } = prepared.parts.find((one) => one.name === name)?.outline ?? {};
  const site = [...conditions, ...tokens].find((one) => one.line === at.line && one.column === at.column);
  const place = writtenPlace(prepared, { part: name, place: at });
  return {
    part: place.part,
    ...(place.block !== undefined && { block: place.block }),
    line: place.line ?? at.line,
    column: place.column ?? at.column,
    written: site?.written ?? '',
    what: what as OutcomeView['what'],
    people,
  };
}

/** What conditions may choose, by key. */
export function possibleBranches({ parts }: PreparedMail): string[] {
  return parts.flatMap(({ name, outline }) =>
    outline.conditions.flatMap(({ line, column, branches }) =>
      branches.map((branch) => `${name} ${line}:${column} ${branch}`),
    ),
  );
}
