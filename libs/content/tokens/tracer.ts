import type Handlebars from 'handlebars';
import type { Branch, ConditionSite } from './condition.ts';
import { traceHelpers, type Sites } from './instrument.ts';
import type { TokenSite } from './token.ts';

/** Hears what an instrumented render does; gives the mark that the output gets there. */
export interface Trace {
  /** A block begins: within it `inner` is what its caller sees (`outer`) and its parameters, some of which are tokens at known sites. */
  enter(inner: object, outer: unknown, slug: string, parameters: string[], sites: Record<string, number>): void;
  /** @param insteadOf what shows where it is not needed: what it is itself the fallback of, or the other side of a test */
  token(number: number, site: TokenSite, value: unknown, base: unknown, fallback: unknown, insteadOf: unknown): string;
  /** @param tokens how many of the last tokens are the condition's own */
  condition(number: number, site: ConditionSite, tokens: number): string;
  branch(number: number, site: ConditionSite, branch: Branch): string;
  /** The condition that was met last there has shown what it chose. */
  chosen(number: number, site: ConditionSite): string;
}

/** The helpers that instrumented templates call, and who listens to them. */
export class Tracer {
  static readonly helpers: readonly string[] = Object.values(traceHelpers);
  #tracing: { sites: Sites; trace: Trace } | undefined;

  constructor(environment: typeof Handlebars) {
    environment.registerHelper({
      // Handlebars' options come last: they stand in the place of what is not given.
      [traceHelpers.token]: (
        number: number,
        value: unknown,
        base: unknown,
        fallback: unknown,
        insteadOf: unknown,
        options: unknown,
      ) => {
        const site = this.#tracing?.sites.tokens[number];
        const given = insteadOf === undefined && options === undefined ? undefined : fallback;
        const other = options === undefined ? undefined : insteadOf;
        const mark = site && this.#tracing?.trace.token(number, site, value, base, given, other);
        return site?.silent ? '' : mark;
      },
      [traceHelpers.condition]: (number: number, tokens: number) => {
        const site = this.#tracing?.sites.conditions[number];
        const mark = site && this.#tracing?.trace.condition(number, site, tokens);
        return site?.silent ? '' : mark;
      },
      [traceHelpers.branch]: (number: number, branch: Branch) => {
        const site = this.#tracing?.sites.conditions[number];
        return site && this.#tracing?.trace.branch(number, site, branch);
      },
      [traceHelpers.chosen]: (number: number) => {
        const site = this.#tracing?.sites.conditions[number];
        const mark = site && this.#tracing?.trace.chosen(number, site);
        return site?.silent ? '' : mark;
      },
    });
  }

  enter(number: number, slug: string, inner: object, outer: unknown, parameters: string[]): void {
    const { sites, trace } = this.#tracing ?? {};
    trace?.enter(inner, outer, slug, parameters, sites?.blocks.get(number) ?? {});
  }

  /** What `render` gives, while the trace hears of it. */
  during<T>(sites: Sites | undefined, trace: Trace, render: () => T): T {
    this.#tracing = sites && { sites, trace };
    try {
      return render();
    } finally {
      this.#tracing = undefined;
    }
  }
}
