import type { LoggerService } from '@nestjs/common';
import type { Log } from './log.ts';

type Level = 'debug' | 'info' | 'warn' | 'error';

/** Nest's own messages through our log. Nest calls `log(message, ...more, context)`, and `error(message, stack, context)`. */
export class NestLog implements LoggerService {
  constructor(private readonly target: Log) {}

  log(message: unknown, ...more: unknown[]): void {
    this.write('debug', message, more); // Nest's information is about its own wiring
  }
  warn(message: unknown, ...more: unknown[]): void {
    this.write('warn', message, more);
  }
  error(message: unknown, ...more: unknown[]): void {
    this.write('error', message, more);
  }
  debug(message: unknown, ...more: unknown[]): void {
    this.write('debug', message, more);
  }
  verbose(message: unknown, ...more: unknown[]): void {
    this.write('debug', message, more);
  }
  fatal(message: unknown, ...more: unknown[]): void {
    this.write('error', message, more);
  }

  private write(level: Level, message: unknown, more: unknown[]): void {
    const context = more.at(-1);
    const fields: Record<string, unknown> = typeof context === 'string' ? { context } : {};
    if (level === 'error' && typeof more[0] === 'string' && more.length > 1) fields.stack = more[0];
    if (message instanceof Error) this.target[level]({ ...fields, error: message }, message.message);
    else if (typeof message === 'string') this.target[level](fields, message);
    else this.target[level]({ ...fields, message });
  }
}
