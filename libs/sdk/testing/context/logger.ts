import type { Logger } from '../../index.ts';

export interface LogLine {
  level: 'debug' | 'info' | 'warn' | 'error';
  fields: object;
  message?: string;
}

/** A logger that keeps its lines. */
export function collectingLogger(lines: LogLine[]): Logger {
  const at = (level: LogLine['level']) => (fields: object, message?: string) => {
    lines.push({ level, fields, message });
  };
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
}
