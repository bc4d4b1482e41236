/**
 * The sum of numbers, rounded once: the same in whatever order they come, however large. Keeps partial sums that do not overlap, seldom more than three
 * (Shewchuk, "Adaptive Precision Floating-Point Arithmetic", 1997; rounded as Python's `math.fsum` does).
 */
export class ExactSum {
  /** By size, the least first. */
  readonly #partials: number[] = [];

  add(number: number): void {
    let rest = number;
    let kept = 0;
    for (const partial of this.#partials) {
      const [larger, smaller] = Math.abs(rest) < Math.abs(partial) ? [partial, rest] : [rest, partial];
      rest = larger + smaller;
      const lost = smaller - (rest - larger);
      if (lost !== 0) this.#partials[kept++] = lost;
    }
    this.#partials.length = kept;
    this.#partials.push(rest);
  }

  /** Not finite where the sum is beyond what a number can hold. */
  value(): number {
    const partials = [...this.#partials];
    let sum = partials.pop() ?? 0;
    let lost = 0;
    while (partials.length > 0 && lost === 0) {
      const [before, next] = [sum, partials.pop() ?? 0];
      sum = before + next;
      lost = next - (sum - before);
    }
    // Just between two numbers: what lies below decides.
    const below = partials.at(-1) ?? 0;
    const twice = lost * 2;
    return lost * below > 0 && sum + twice - sum === twice ? sum + twice : sum;
  }
}
