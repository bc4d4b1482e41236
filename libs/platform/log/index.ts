export { heardLog, type HeardLine } from './heard-log.ts';
export { Log } from './log.ts';
export { NestLog } from './nest-log.ts';
export { createLog, type LogOptions } from './pino-log.ts';
export { Seldom } from './seldom.ts';
export { redactFields, redactText } from './redact.ts';
