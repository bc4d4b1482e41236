import { isEmpty } from '../helpers/index.ts';
import type { Branch, ConditionSite } from './condition.ts';
import type { Sites } from './instrument.ts';
import type { TokenSite } from './token.ts';
import type { Trace } from './tracer.ts';

/** What a render showed of a template: `12:3 then` for a condition at line 12, column 3; `14:8 missing` or `14:8 fallback` for a token. */
export type RenderOutcome = `${number}:${number} ${What}`;

type What = Branch | 'missing' | 'fallback';

const bits = { missing: 1, fallback: 2, then: 4, else: 8, nothing: 16 } as const;

/** Of a token that shows nothing but white space. It is not told: of the person's data nothing is missing. */
const blank = 32;

/** Notes only what differs between people, in one byte a site: quick enough for a whole audience. Serves one render after the other. */
export class Outcomes implements Trace {
  /** Of each token, then of each condition, what it came to so far. */
  readonly #met: Buffer;
  /** Of each condition where it stands, while a loop may come by again; 0 before the first time. */
  readonly #open: Uint8Array;
  readonly #tokens: number;

  constructor(private readonly known: Pick<Sites, 'tokens' | 'conditions'>) {
    this.#tokens = known.tokens.length;
    this.#met = Buffer.alloc(this.#tokens + known.conditions.length);
    this.#open = new Uint8Array(known.conditions.length);
  }

  /** Letters of an `end`. */
  get sites(): number {
    return this.#met.length;
  }

  begin(): void {
    this.#met.fill(0);
    this.#open.fill(0);
  }

  /** A short text that is another for other outcomes of the render that has ended. */
  end(): string {
    for (let number = 0; number < this.#open.length; number++)
      this.#meet(this.#tokens + number, this.#open[number] ?? 0);
    return this.#met.toString('latin1');
  }

  /** Whether a token showed nothing that can be seen, by an `end`, or several in a row. */
  static showBlanks(end: string): boolean {
    for (let index = 0; index < end.length; index++) if (end.charCodeAt(index) & (bits.missing | blank)) return true;
    return false;
  }

  /** What an `end` stands for: sorted; each once, however often a loop came by. */
  told(end: string): RenderOutcome[] {
    const told = new Set<RenderOutcome>();
    for (let index = 0; index < end.length; index++) {
      const met = end.charCodeAt(index);
      if (met === 0) continue;
      for (const site of this.#sitesAt(index)) {
        for (const what of Object.keys(bits) as What[])
          if (met & bits[what]) told.add(`${site.line}:${site.column} ${what}`);
      }
    }
    return [...told].sort();
  }

  enter(): void {}

  token(
    number: number,
    site: TokenSite,
    value: unknown,
    _base: unknown,
    fallback: unknown,
    insteadOf: unknown,
  ): string {
    if (site.use !== 'text') return '';
    const isNeeded = isEmpty(insteadOf);
    if (isNeeded && isEmpty(value)) this.#meet(number, isEmpty(fallback) ? bits.missing : bits.fallback);
    const own = isEmpty(value) ? fallback : value;
    const shown = isNeeded ? own : insteadOf;
    if (typeof shown === 'string' && shown !== '' && !/\S/.test(shown)) this.#meet(number, blank);
    return '';
  }

  condition(number: number): string {
    this.#meet(this.#tokens + number, this.#open[number] ?? 0);
    this.#open[number] = bits.nothing;
    return '';
  }

  branch(number: number, _site: ConditionSite, branch: Branch): string {
    const before = this.#open[number];
    if (before !== undefined && before !== bits.nothing) this.#meet(this.#tokens + number, before);
    this.#open[number] = bits[branch];
    return '';
  }

  chosen(): string {
    return '';
  }

  #meet(index: number, bit: number): void {
    this.#met[index] = (this.#met[index] ?? 0) | bit;
  }

  #sitesAt(index: number): (TokenSite | ConditionSite)[] {
    const { tokens, conditions } = this.known;
    const site = tokens[index];
    if (site) return [site, ...(site.same ?? [])];
    const condition = conditions[index - this.#tokens];
    return condition ? [condition] : [];
  }
}
