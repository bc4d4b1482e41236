import type { DestinationStream } from 'pino';
import colors from 'picocolors';

interface Line {
  level: string;
  time: string;
  msg?: string;
  error?: { message?: string; stack?: string };
  [field: string]: unknown;
}

/** Turns pino's lines into ones for people: time, level, message, then the fields. */
export function prettyLines(to: DestinationStream): DestinationStream {
  return { write: (line) => to.write(`${pretty(JSON.parse(line) as Line)}\n`) };
}

function pretty({ level, time, msg = '', ...fields }: Line): string {
  const shown = Object.entries(fields).map(([key, value]) => colors.dim(`${key}=`) + shortValue(key, value));
  const stack = level === 'error' && fields.error?.stack ? `\n${colors.dim(fields.error.stack)}` : '';
  return (
    [colors.dim(time.slice(11, 19)), levelMark(level), msg, ...shown].filter((part) => part !== '').join(' ') + stack
  );
}

function shortValue(key: string, value: unknown): string {
  if (key === 'error' && typeof value === 'object' && value !== null && 'message' in value)
    return String(value.message);
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function levelMark(level: string): string {
  const mark = level.padEnd(5);
  if (level === 'error') return colors.red(mark);
  return level === 'warn' ? colors.yellow(mark) : colors.cyan(mark);
}
