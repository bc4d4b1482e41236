/** Milliseconds after which the queue should have given due work to somebody who does it. */
const patience = 5_000;

/** Knows what has been found due for some seconds, at the same epoch: nobody has taken it. */
export class Overdue {
  private since = new Map<string, number>();
  private found = new Map<string, number>();

  /** Those that were found before, some seconds ago. */
  among<T extends { _id: string; epoch: number }>(due: T[], now = Date.now()): T[] {
    return due.filter(({ _id, epoch }) => {
      const id = `${_id}:${epoch}`;
      const since = this.since.get(id) ?? now;
      this.found.set(id, since);
      return now - since >= patience;
    });
  }

  /** Everything that is due was shown: what was not among it is forgotten. */
  complete(): void {
    this.since = this.found;
    this.found = new Map();
  }
}
