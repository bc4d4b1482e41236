type Times = Partial<Record<'timestamp' | 'originalTimestamp' | 'sentAt', unknown>>;

/**
 * When a message of Segment's happened. Millrace lays what is between `sentAt` and its own clock to the client's clock, and what has waited for its
 * delivery would move by that: so it is corrected here, by the time at which the platform got it (`at`).
 */
export function timesOf(given: Times, at: string | undefined): Times {
  const { timestamp, originalTimestamp, sentAt } = given;
  if (at === undefined) return given;
  const original = originalTimestamp ?? timestamp;
  if (original === undefined) return { timestamp: at };
  if (sentAt === undefined) return given;
  const arrived = timeOf(at);
  const happened = Math.min(arrived, arrived - (timeOf(sentAt) - timeOf(original)));
  if (Number.isNaN(happened)) return given; // Millrace tells what is wrong with it
  return { timestamp: new Date(happened).toISOString() };
}

function timeOf(value: unknown): number {
  return typeof value === 'string' ? Date.parse(value) : typeof value === 'number' ? value : Number.NaN;
}
