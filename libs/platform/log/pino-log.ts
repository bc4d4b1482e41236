import { pino, type DestinationStream, type Logger as PinoLogger } from 'pino';
import { Log } from './log.ts';
import { prettyLines } from './pretty-lines.ts';
import { redactFields, redactText } from './redact.ts';

type Level = 'debug' | 'info' | 'warn' | 'error';

export interface LogOptions {
  level?: Level | 'silent';
  /** `json` for machines (default), `pretty` for a console. */
  format?: 'json' | 'pretty';
  /** Where lines go: standard output, unless given. */
  destination?: DestinationStream;
}

export function createLog({ level = 'info', format = 'json', destination }: LogOptions = {}): Log {
  const lines = destination ?? pino.destination({ fd: 1, sync: true });
  const logger = pino(
    {
      level,
      base: undefined,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
    },
    format === 'pretty' ? prettyLines(lines) : lines,
  );
  return new PinoLog(logger, {}, []);
}

class PinoLog extends Log {
  constructor(
    private readonly logger: PinoLogger,
    private readonly bindings: Record<string, unknown>,
    private readonly secrets: readonly string[],
  ) {
    super();
  }

  debug(fields: object, message?: string): void {
    this.write('debug', fields, message);
  }
  info(fields: object, message?: string): void {
    this.write('info', fields, message);
  }
  warn(fields: object, message?: string): void {
    this.write('warn', fields, message);
  }
  error(fields: object, message?: string): void {
    this.write('error', fields, message);
  }

  child(fields: object): Log {
    return new PinoLog(this.logger, { ...this.bindings, ...fields }, this.secrets);
  }

  withSecrets(secrets: readonly string[]): Log {
    // Longer values first, so that a value which contains another is replaced whole.
    const all = [...new Set([...this.secrets, ...secrets])].sort((a, b) => b.length - a.length);
    return new PinoLog(this.logger, this.bindings, all);
  }

  private write(level: Level, fields: object, message?: string): void {
    if (!this.logger.isLevelEnabled(level)) return;
    const named = fields instanceof Error ? { error: fields } : fields;
    const clean = redactFields({ ...this.bindings, ...named }, this.secrets);
    this.logger[level](clean, message === undefined ? undefined : redactText(message, this.secrets));
  }
}
