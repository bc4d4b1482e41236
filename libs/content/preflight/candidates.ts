import { gmailLimit } from '../compose/index.ts';
import { mostExamples } from './examples.ts';
import type { ExampleKind, StoredExample } from './example.schema.ts';
import { summaryOf, type CountedPerson } from './tally.ts';

type Example = Omit<StoredExample, '_id' | 'preflight' | 'expiresAt'>;

/** Collects the worst people of a step. */
export class Candidates {
  readonly #byKind = new Map<ExampleKind, Example[]>();
  readonly #floors: Map<string, number>;

  /** @param floors scores that are to be beaten, by kind */
  constructor(floors: Readonly<Record<string, number>>) {
    this.#floors = new Map(Object.entries(floors));
  }

  add(profile: string, { mail, notSent }: CountedPerson): void {
    if (notSent !== undefined) this.#offer({ kind: 'not_sent', profile, score: 1, codes: [notSent] });
    if (mail.error) {
      const { code, message } = mail.error;
      this.#offer({ kind: 'error', profile, score: 1, codes: [code], message: withoutValues(message) });
      return;
    }
    const { outcomes, signs, bytes } = mail;
    const { blanks, fallbacks } = summaryOf(outcomes);
    if (blanks > 0) this.#offer({ kind: 'blank', profile, score: blanks }, outcomes, ' missing');
    if (fallbacks > 0) this.#offer({ kind: 'fallback', profile, score: fallbacks }, outcomes, ' fallback');
    if (signs.length > 0) this.#offer({ kind: 'warning', profile, score: signs.length, codes: [...signs] });
    if (bytes !== undefined && bytes > gmailLimit) this.#offer({ kind: 'oversize', profile, score: bytes, bytes });
  }

  /** The worst of each kind, as they are stored. */
  all(preflight: string, expiresAt: Date): StoredExample[] {
    return [...this.#byKind.values()].flatMap((examples) =>
      worst(examples).map((example) => {
        return { _id: `${preflight}:${example.kind}:${example.profile}`, preflight, ...example, expiresAt };
      }),
    );
  }

  #offer(example: Example, outcomes?: readonly string[], what = ''): void {
    const { kind, score } = example;
    if (score <= (this.#floors.get(kind) ?? -Infinity)) return;
    const those = outcomes?.filter((outcome) => outcome.endsWith(what));
    const known = this.#byKind.get(kind) ?? [];
    known.push({ ...example, ...(those && { outcomes: those }) });
    if (known.length < 2 * mostExamples) return void this.#byKind.set(kind, known);
    const kept = worst(known);
    this.#byKind.set(kind, kept);
    this.#floors.set(kind, kept[mostExamples - 1]?.score ?? score);
  }
}

function worst(examples: readonly Example[]): Example[] {
  return [...examples].sort((a, b) => b.score - a.score).slice(0, mostExamples);
}

/** A fault may name what it met in the data: that is for the preview to show, to those who may see it. */
function withoutValues(message: string): string {
  return message.replace(/"[^"]*"/g, '"…"');
}
