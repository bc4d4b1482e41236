import type { Lag, Ledger, Run, Sync } from '../api/index.ts';

/** Whether the run is one of the chain that follows an endless stream; refused rows of one are mapped again in a run like any other. */
export function isOfStream({ replay }: Pick<Run, 'replay'>, { read }: Pick<Sync, 'read'>): boolean {
  return read === 'stream' && replay === undefined;
}

export function isEnded({ endedAt }: Pick<Run, 'endedAt'>): boolean {
  return endedAt !== undefined;
}

export const countText = (count: number): string => count.toLocaleString('en');

/** "2026-01-05 06:00:12 UTC" */
export function momentText(moment: string): string {
  return `${moment.slice(0, 19).replace('T', ' ')} UTC`;
}

/** A sentence of the API's, with its moments as they are shown elsewhere. */
export function saidText(sentence: string): string {
  return sentence.replaceAll(/\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z/g, momentText);
}

/** "0.4 s", "3 min 20 s", "2 h 5 min" */
export function durationText(seconds: number): string {
  if (seconds < 10) return `${Number(seconds.toFixed(1))} s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  if (whole < 3_600) return joined([Math.floor(whole / 60), 'min'], [whole % 60, 's']);
  const minutes = Math.round(whole / 60);
  return joined([Math.floor(minutes / 60), 'h'], [minutes % 60, 'min']);
}

/** How long it has taken, so far. */
export function tookText({ startedAt, endedAt }: Pick<Run, 'startedAt' | 'endedAt'>, now = Date.now()): string {
  if (startedAt === undefined) return '';
  const end = endedAt === undefined ? now : Date.parse(endedAt);
  return durationText(Math.max(0, end - Date.parse(startedAt)) / 1_000);
}

/** "412 read, 2 rejected" */
export function rowsText({ read, rejected }: Ledger): string {
  return `${countText(read)} read${rejected > 0 ? `, ${countText(rejected)} rejected` : ''}`;
}

/** "nothing waits", "3,400 records wait, the oldest for 12 s", "2 h 5 min behind" */
export function lagText({ records, seconds }: Lag): string {
  if (records === 0 || (records === undefined && seconds === 0)) return 'nothing waits';
  if (records === undefined) return seconds === undefined ? 'not known' : `${durationText(seconds)} behind`;
  const waiting = `${countText(records)} ${records === 1 ? 'record waits' : 'records wait'}`;
  return seconds ? `${waiting}, the oldest for ${durationText(seconds)}` : waiting;
}

function joined(...parts: [number, string][]): string {
  return parts.map(([count, unit]) => `${count} ${unit}`).join(' ');
}
