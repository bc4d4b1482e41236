import { Log } from './log.ts';
import { redactFields, redactText } from './redact.ts';

/** A line as it may be shown and stored: without secrets and addresses. */
export interface HeardLine {
  level: 'info' | 'warn' | 'error';
  message: string;
  fields: Record<string, unknown>;
}

/** A log that writes to `log`, and also hands each line of `info` and up to `listener`. */
export function heardLog(log: Log, listener: (line: HeardLine) => void): Log {
  return new HeardLog(log, listener, {}, []);
}

class HeardLog extends Log {
  constructor(
    private readonly log: Log,
    private readonly listener: (line: HeardLine) => void,
    private readonly bindings: object,
    private readonly secrets: readonly string[],
  ) {
    super();
  }

  debug(fields: object, message?: string): void {
    this.log.debug(fields, message);
  }

  info(fields: object, message?: string): void {
    this.log.info(fields, message);
    this.#tell('info', fields, message);
  }

  warn(fields: object, message?: string): void {
    this.log.warn(fields, message);
    this.#tell('warn', fields, message);
  }

  error(fields: object, message?: string): void {
    this.log.error(fields, message);
    this.#tell('error', fields, message);
  }

  child(fields: object): Log {
    return new HeardLog(this.log.child(fields), this.listener, { ...this.bindings, ...fields }, this.secrets);
  }

  withSecrets(secrets: readonly string[]): Log {
    // Longer values first, so that a value which contains another is replaced whole.
    const all = [...new Set([...this.secrets, ...secrets])].sort((a, b) => b.length - a.length);
    return new HeardLog(this.log.withSecrets(secrets), this.listener, this.bindings, all);
  }

  #tell(level: HeardLine['level'], fields: object, message = ''): void {
    const named = fields instanceof Error ? { error: fields } : fields;
    this.listener({
      level,
      message: redactText(message, this.secrets),
      fields: redactFields({ ...this.bindings, ...named }, this.secrets),
    });
  }
}
