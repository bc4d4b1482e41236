import { AsyncLocalStorage } from 'node:async_hooks';
import type { SpanPlace } from './span.ts';

/** Within which span code runs, also after it has awaited something. */
export class ActiveSpans {
  readonly #entered = new AsyncLocalStorage<{ place?: SpanPlace }>();

  /** None once the span has ended: what was opened within it and goes on (a connection to Redis) is not part of it any more. */
  get current(): SpanPlace | undefined {
    return this.#entered.getStore()?.place;
  }

  /** Runs work within a span, until it calls `end`. */
  enter(place: SpanPlace, work: (end: () => void) => void): void {
    const entered: { place?: SpanPlace } = { place };
    this.#entered.run(entered, () => work(() => delete entered.place));
  }
}
