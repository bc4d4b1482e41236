interface Offer<T> {
  item: T;
  settle: (taken: boolean) => void;
}

/** Passes items from those who have them to one who takes them: nothing is kept beyond what is offered, so whoever offers waits. */
export class Handover<T> {
  #offers: Offer<T>[] = [];
  #wake: () => void = () => undefined;
  #ended = false;
  #failure?: { error: unknown };

  /** Resolves to `true` when the item was taken, to `false` when it was withdrawn. */
  offer(item: T): Promise<boolean> {
    if (this.#ended) return Promise.resolve(false);
    return new Promise((settle) => {
      this.#offers.push({ item, settle });
      this.#wake();
    });
  }

  withdraw(which: (item: T) => boolean): void {
    const gone = this.#offers.filter(({ item }) => which(item));
    this.#offers = this.#offers.filter((offer) => !gone.includes(offer));
    for (const { settle } of gone) settle(false);
  }

  end(): void {
    this.#ended = true;
    this.withdraw(() => true);
    this.#wake();
  }

  fail(error: unknown): void {
    this.#failure ??= { error };
    this.end();
  }

  /** The items as they come, until `end`. Throws what `fail` was given. */
  async *items(): AsyncGenerator<T, void, void> {
    for (;;) {
      if (this.#failure) throw this.#failure.error;
      if (this.#ended) return;
      const next = this.#offers.shift();
      if (next) {
        next.settle(true);
        yield next.item;
      } else await new Promise<void>((resolve) => (this.#wake = resolve));
    }
  }
}
