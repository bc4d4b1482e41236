import type Handlebars from 'handlebars';
import type { Branch, ConditionSite } from './condition.ts';
import { traceHelpers, type Sites } from './instrument.ts';
import type { TokenSite } from './token.ts';

/** Hears what an instrumented render does; gives the mark that the output gets there. */
export interface Trace {
  token(site: TokenSite, value: unknown, base: unknown, fallback: unknown): string;
  /** @param tokens how many of the last tokens are the condition's own */
  condition(site: ConditionSite, tokens: number): string;
  branch(site: ConditionSite, branch: Branch): string;
}

/** The helpers that instrumented templates call, and who listens to them. */
export class Tracer {
  static readonly helpers: readonly string[] = Object.values(traceHelpers);
  #tracing: { sites: Sites; trace: Trace } | undefined;

  constructor(environment: typeof Handlebars) {
    environment.registerHelper({
      [traceHelpers.token]: (number: number, value: unknown, base: unknown, ...rest: unknown[]) => {
        const site = this.#tracing?.sites.tokens[number];
        return site && this.#tracing?.trace.token(site, value, base, rest.length > 1 ? rest[0] : undefined);
      },
      [traceHelpers.condition]: (number: number, tokens: number) => {
        const site = this.#tracing?.sites.conditions[number];
        return site && this.#tracing?.trace.condition(site, tokens);
      },
      [traceHelpers.branch]: (number: number, branch: Branch) => {
        const site = this.#tracing?.sites.conditions[number];
        return site && this.#tracing?.trace.branch(site, branch);
      },
    });
  }

  /** What `render` gives, while the trace hears of it. */
  during<T>(sites: Sites, trace: Trace, render: () => T): T {
    this.#tracing = { sites, trace };
    try {
      return render();
    } finally {
      this.#tracing = undefined;
    }
  }
}
