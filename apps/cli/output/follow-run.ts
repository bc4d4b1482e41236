import { setTimeout as delay } from 'node:timers/promises';
import { SingleBar } from 'cli-progress';
import colors from 'picocolors';
import type { ApiClient } from '../api/api-client.ts';
import type { RunView } from '../api/views.ts';
import { oneLine } from './plain-text.ts';
import { timeText } from './time-text.ts';

const ended: RunView['state'][] = ['succeeded', 'failed', 'cancelled', 'held', 'paused'];
const interval = 200;

export interface FollowOptions {
  label: string;
  stream?: NodeJS.WriteStream;
}

/** Shows a run's progress until it has ended, or waits for somebody; returns it as it then is. */
export async function followRun(
  api: ApiClient,
  runId: string,
  { label, stream = process.stderr }: FollowOptions,
): Promise<RunView> {
  const bar = new SingleBar({
    format: `  ${label} ${colors.cyan('{bar}')} {rows} rows, {speed} rows/s{left} {note}`,
    barCompleteChar: '█',
    barIncompleteChar: '░',
    barsize: 24,
    hideCursor: true,
    clearOnComplete: false,
    stream,
    noTTYOutput: false,
  });
  if (!stream.isTTY) stream.write(`  ${label}\n`); // a bar would be noise in a log
  bar.start(1, 0, { rows: 0, speed: 0, left: '', note: '' });
  try {
    for (;;) {
      const run = await api.get<RunView>(`/api/runs/${encodeURIComponent(runId)}`);
      const { read } = run.ledger;
      const isOver = ended.includes(run.state);
      const { share = 0.5, rowsPerSecond = 0, secondsLeft } = run.progress ?? {}; // half a bar: nobody can tell
      bar.update(isOver ? 1 : share, {
        rows: read,
        speed: Math.round(rowsPerSecond),
        left: isOver || secondsLeft === undefined ? '' : `, ${timeText(secondsLeft)} left`,
        note: run.notBefore ? colors.yellow(`waits: ${oneLine(run.error?.message ?? '')}`) : '',
      });
      if (isOver) return run;
      await delay(interval);
    }
  } finally {
    bar.stop();
  }
}
