/** Tells what happens often only once in a while: the first time at once, then how much it was since. */
export class Seldom {
  private count = 0;
  private quietUntil = 0;

  /** @param milliseconds between two times that it is told (default: 10 s) */
  constructor(private readonly milliseconds = 10_000) {}

  /** @param tell gets the sum of what was counted since it was last called */
  tell(count: number, tell: (all: number) => void): void {
    this.count += count;
    const now = Date.now();
    if (now < this.quietUntil) return;
    const all = this.count;
    this.count = 0;
    this.quietUntil = now + this.milliseconds;
    tell(all);
  }
}
