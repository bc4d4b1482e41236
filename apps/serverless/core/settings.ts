/** What the function was deployed with: environment variables, as README.md lists them. */
export interface FunctionSettings {
  /** Millrace's public address. */
  url: string;
  /** What is done with an event: it is collected, or it starts a run of a sync. */
  task: { kind: 'collect'; writeKey: string } | { kind: 'trigger'; apiKey: string; sync: string };
  /** Of an event that is no message of its own: its name, and where it names the person. */
  event: { name?: string; userId?: string; anonymousId?: string };
  /** What becomes of events that Millrace refuses: they are told and done with, or go the platform's way to a dead letter queue. */
  refused: 'drop' | 'dead-letter';
  /** What callers of an HTTP function have to know; absent: the platform lets in whom it lets in. */
  httpToken?: string;
  timeoutMs: number;
}

type Environment = Record<string, string | undefined>;

/** Throws an Error that names the variable which is missing or wrong. */
export function functionSettings(env: Environment): FunctionSettings {
  const refused = env.MILLRACE_REFUSED || 'drop';
  if (refused !== 'drop' && refused !== 'dead-letter')
    throw new Error('MILLRACE_REFUSED must be "drop" or "dead-letter".');
  const timeoutMs = Number(env.MILLRACE_TIMEOUT_SECONDS || 10) * 1_000;
  if (!(timeoutMs >= 1_000 && timeoutMs <= 300_000)) throw new Error('MILLRACE_TIMEOUT_SECONDS must be 1 to 300.');
  return {
    url: urlIn(env),
    task: taskIn(env),
    event: {
      name: env.MILLRACE_EVENT_NAME || undefined,
      userId: env.MILLRACE_USER_ID || undefined,
      anonymousId: env.MILLRACE_ANONYMOUS_ID || undefined,
    },
    refused,
    httpToken: env.MILLRACE_HTTP_TOKEN || undefined,
    timeoutMs,
  };
}

function urlIn({ MILLRACE_URL: given = '' }: Environment): string {
  const url = URL.canParse(given) ? new URL(given) : undefined;
  if (url?.protocol !== 'https:' && url?.protocol !== 'http:')
    throw new Error('MILLRACE_URL must be the address of Millrace, such as https://millrace.example.com.');
  if (url.protocol === 'http:' && !['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname))
    throw new Error('MILLRACE_URL must begin with https:// : keys are sent there.');
  return url.href.replace(/\/+$/, '');
}

function taskIn(env: Environment): FunctionSettings['task'] {
  const { MILLRACE_WRITE_KEY: writeKey, MILLRACE_API_KEY: apiKey, MILLRACE_SYNC: sync } = env;
  if (sync) {
    if (!apiKey)
      throw new Error('MILLRACE_API_KEY is missing: starting a run of MILLRACE_SYNC needs one of an operator.');
    return { kind: 'trigger', apiKey, sync };
  }
  if (!writeKey) throw new Error('MILLRACE_WRITE_KEY is missing. Set it, or MILLRACE_SYNC and MILLRACE_API_KEY.');
  return { kind: 'collect', writeKey };
}
