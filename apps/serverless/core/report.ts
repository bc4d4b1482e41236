import type { Arrival, Fate } from './arrival.ts';

export interface Counts {
  kept: number;
  refused: number;
  failed: number;
}

export type WriteLine = (line: string) => void;

const mostTold = 20;

/**
 * One line of JSON for the platform's log: how many events were kept, refused and failed, and why. In CloudWatch's embedded metric format
 * (https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html), so that they are
 * metrics without a request. `severity` is what Google Cloud reads.
 */
export function report(trigger: string, arrivals: Arrival[], fates: Fate[], write: WriteLine): Counts {
  const of = (fate: Fate['fate']): number => fates.filter((one) => one.fate === fate).length;
  const counts = { kept: of('kept'), refused: of('refused'), failed: of('failed') };
  const told = fates.flatMap((fate, index) => (fate.fate === 'kept' ? [] : [{ id: arrivals[index]?.id, ...fate }]));
  const metrics = Object.keys(counts).map((Name) => ({ Name, Unit: 'Count' }));
  write(
    JSON.stringify({
      severity: counts.failed > 0 ? 'ERROR' : counts.refused > 0 ? 'WARNING' : 'INFO',
      message: `Millrace: ${counts.kept} kept, ${counts.refused} refused, ${counts.failed} failed`,
      trigger,
      ...counts,
      ...(told.length > 0 && { events: told.slice(0, mostTold) }),
      _aws: {
        Timestamp: Date.now(),
        CloudWatchMetrics: [{ Namespace: 'Millrace', Dimensions: [['trigger']], Metrics: metrics }],
      },
    }),
  );
  return counts;
}
