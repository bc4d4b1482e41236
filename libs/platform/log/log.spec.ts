import { describe, expect, it } from '@jest/globals';
import { MillraceError } from '@millrace/sdk';
import { NestLog } from './nest-log.ts';
import { createLog, type LogOptions } from './pino-log.ts';
import { redactText } from './redact.ts';

function recorded(options: LogOptions = {}) {
  const lines: string[] = [];
  const log = createLog({ level: 'debug', ...options, destination: { write: (line) => void lines.push(line) } });
  const last = () => JSON.parse(lines.at(-1) ?? 'null') as Record<string, unknown>;
  return { log, lines, last };
}

describe('Log', () => {
  it('writes fields, message, level and time; children add theirs', () => {
    const { log, last } = recorded();
    log.child({ run: 'run_1' }).child({ slice: 2 }).info({ rows: 10 }, 'Page written');
    expect(last()).toMatchObject({ level: 'info', run: 'run_1', slice: 2, rows: 10, msg: 'Page written' });
    expect(Date.parse(String(last().time))).not.toBeNaN();
  });

  it('keeps to its level', () => {
    const { log, lines } = recorded({ level: 'warn' });
    log.info({}, 'no');
    log.warn({}, 'yes');
    expect(lines).toHaveLength(1);
  });

  it('hides what its key calls a secret, at any depth', () => {
    const { log, lines, last } = recorded();
    log.info({
      headers: { Authorization: 'Bearer abcdefghij', cookie: 'sid=1', accept: 'x' },
      config: [
        { apiKey: 'k-1', password: { nested: 'k-2' }, client_secret: 'k-3', accessToken: 'k-4', secretsSet: true },
      ],
    });
    expect(lines.join()).not.toMatch(/abcdefghij|sid=1|k-\d/);
    expect(last()).toMatchObject({ headers: { accept: 'x' }, config: [{ secretsSet: true }] });
  });

  it('hides registered values, credentials in URLs, bearer tokens and e-mail addresses wherever they are', () => {
    const { log, lines } = recorded();
    const error = new MillraceError('unreachable', 'mongodb://root:hunter2@db/x is down', {
      cause: new Error('Bearer zzzzzzzzzz refused for luís@embraer.com.br'),
      details: { note: 'value s3cr3t-value' },
    });
    log.withSecrets(['s3cr3t-value', 's3cr3t']).error({ error, note: 'ann@example.com' }, 'failed with s3cr3t-value');
    expect(lines.join()).not.toMatch(/hunter2|zzzzzzzzzz|luís|embraer|s3cr3t|ann@|-value/);
    expect(lines.join()).toContain('unreachable');
  });

  it.each([
    ['one long word', 'a'.repeat(400_000)],
    ['a domain without end', `a@${'b-'.repeat(200_000)}`],
    ['credentials without end', `x://${':'.repeat(400_000)}`],
  ])('hides an address beside %s, without standing still', (_, long) => {
    expect(redactText(`${long} ann@example.com`)).toBe(`${long} [email]`);
  });

  it.each([
    ['a@x.com_b@y.org', '[email][email]'],
    ['x@y ann@example.com.', 'x@y [email].'],
    ['postgres://user:p4ss:w0rd@db/x', 'postgres://[redacted]@db/x'],
    ['http://:p4ss@db and http://db:80/@', 'http://[redacted]@db and http://db:80/@'],
  ])('makes of %s: %s', (text, clean) => expect(redactText(text)).toBe(clean));

  it('leaves out what libraries hang on their errors', () => {
    const { log, lines } = recorded();
    log.error({ error: Object.assign(new Error('x'), { config: { data: 'personal' }, code: 'E1' }) });
    expect(lines.join()).not.toContain('personal');
    expect(lines.join()).toContain('E1');
  });

  it('survives circles, depth, width, bytes and bigints', () => {
    const { log, last } = recorded();
    const circle: Record<string, unknown> = { big: 1n, bytes: Buffer.alloc(5), at: new Date(0) };
    circle.self = circle;
    let deep: Record<string, unknown> = {};
    for (let level = 0; level < 100; level++) deep = { deep };
    log.info({ circle, deep, wide: Array.from({ length: 1000 }, () => 1) });
    expect(last()).toMatchObject({
      circle: { self: '[circular]', big: '1', bytes: '[5 bytes]', at: '1970-01-01T00:00:00.000Z' },
    });
    expect((last().wide as unknown[]).length).toBe(100);
  });

  it('is readable on a console', () => {
    const { log, lines } = recorded({ format: 'pretty' });
    log.warn({ rows: 3 }, 'Slow');
    expect(lines.join()).toMatch(/^\S*\d\d:\d\d:\d\d\S* \S*warn.* Slow .*rows=\S*3\n$/);
  });

  it('takes the messages of Nest', () => {
    const { log, last } = recorded();
    new NestLog(log).error('Broken', 'the stack', 'Router');
    expect(last()).toMatchObject({ level: 'error', msg: 'Broken', context: 'Router', stack: 'the stack' });
    new NestLog(log).warn(new Error('inner'));
    expect(last()).toMatchObject({ level: 'warn', msg: 'inner', error: { message: 'inner' } });
  });
});
