import type { ApiClient } from '../../apps/cli/index.ts';
import { median, round, timed } from '../kit/figures.ts';

const times = 5;

/** Seconds that GET takes to tell how many are in an audience: the median, of the slowest of some audiences. */
export async function countAudiences(api: ApiClient, slugs: readonly string[]): Promise<number> {
  const medians: number[] = [];
  for (const slug of slugs) {
    const seconds: number[] = [];
    let count = 0;
    for (let time = 1; time <= times; time++)
      seconds.push(
        await timed(async () => {
          ({ count } = await api.get<{ count: number }>(`/api/audiences/${slug}`));
        }),
      );
    medians.push(median(seconds));
    console.log(`audience ${slug}: ${count.toLocaleString('en')} members counted in ${round(median(seconds), 3)} s`);
  }
  return Math.max(...medians);
}
