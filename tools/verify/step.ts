/** What became of one step of the verification. */
export interface StepResult {
  name: string;
  passed: boolean;
  seconds: number;
  /** For the table, where there is more to tell than passed or failed. */
  note?: string;
}

export interface Step {
  name: string;
  run: () => Promise<{ passed: boolean; note?: string }>;
}

/** Runs every step, whatever fails, at most `atOnce` at a time; results in the order of the steps. */
export async function runSteps(steps: Step[], atOnce: number): Promise<StepResult[]> {
  const results: StepResult[] = [];
  const queue = steps.entries(); // one iterator for all workers, so each step is taken once
  const work = async () => {
    for (const [index, step] of queue) results[index] = await timed(step);
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return results;
}

async function timed({ name, run }: Step): Promise<StepResult> {
  const start = performance.now();
  const outcome = await run();
  return { name, seconds: (performance.now() - start) / 1000, ...outcome };
}

/** One line a step: mark, name, seconds, note. */
export function table(results: StepResult[]): string {
  const width = Math.max(...results.map(({ name }) => name.length));
  return results
    .map(({ name, passed, seconds, note }) =>
      [passed ? '✓' : '✗', name.padEnd(width), `${seconds.toFixed(1).padStart(6)} s`, note ?? ''].join('  ').trimEnd(),
    )
    .join('\n');
}
