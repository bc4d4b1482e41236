import { alone } from './lock.ts';
import type { Message } from './messages.ts';
import type { Queue } from './queue.ts';
import type { Store } from './store.ts';

/** Milliseconds. */
const soon = 1_000;
const longestWait = 60_000;
const patience = 15_000;
/** Of a request. Beacons and requests that outlive the page may have 64 KB in all. */
const most = { messages: 50, bytes: 50_000 };
/** When others may ask again, by the server's word: in the store, so that all tabs heed it. */
const restName = 'rest';

export interface Target {
  host: string;
  writeKey: string;
}

/** Brings the queue to the server: in batches, one tab at a time, again after what fails, and by a beacon when the page is left. */
export class Sender {
  #timer = 0;
  #failures = 0;
  #sending?: Promise<void>;
  #stopped = new AbortController();
  #inFlight: readonly string[] = [];
  #beaconed = new Set<string>();
  #isRefused = false;

  constructor(
    private readonly queue: Queue,
    private readonly store: Store,
    private readonly target: Target,
  ) {
    addEventListener('online', () => {
      this.#rested();
      this.wake();
    });
    addEventListener('pagehide', () => this.#leave());
    document.addEventListener('visibilitychange', () => {
      if (document.visibilityState === 'hidden') this.#leave();
      else this.wake();
    });
  }

  /** What is there is sent before long. */
  wake(milliseconds = soon): void {
    if (this.#timer || this.#isRefused || !navigator.onLine || this.queue.length === 0) return;
    const rest = Number(this.store.get(restName) ?? 0) - Date.now();
    this.#timer = window.setTimeout(
      () => {
        this.#timer = 0;
        void this.flush();
      },
      Math.max(milliseconds, Math.min(rest, 86_400_000)),
    );
  }

  /** Sends what is there now. Resolves when nothing is left, or not now; it never rejects. */
  flush(): Promise<void> {
    this.#sending ??= alone(this.store, () => this.#sendAll())
      .catch((error: unknown) => console.warn('millrace:', error))
      .finally(() => {
        this.#sending = undefined;
        this.wake(this.#failures > 0 ? this.#backOff() : soon);
      });
    return this.#sending;
  }

  /** Ends what is under way: nobody wants it any more. */
  stop(): void {
    this.#stopped.abort();
    this.#stopped = new AbortController();
    this.#rested();
  }

  #rested(): void {
    clearTimeout(this.#timer);
    this.#timer = 0;
    this.#failures = 0;
  }

  async #sendAll(): Promise<void> {
    const { signal } = this.#stopped;
    while (
      !signal.aborted &&
      !this.#isRefused &&
      navigator.onLine &&
      Number(this.store.get(restName) ?? 0) <= Date.now()
    ) {
      const { names, messages } = this.queue.first(most.messages, most.bytes);
      if (names.length === 0) return;
      this.#inFlight = names;
      const isDone = await this.#post(messages, signal);
      this.#inFlight = [];
      if (signal.aborted) return;
      this.#failures = isDone ? 0 : this.#failures + 1;
      if (!isDone) return;
      this.queue.remove(names);
    }
  }

  /** Whether the server is done with them: it has them, or will never take them. */
  async #post(messages: Message[], stopped: AbortSignal): Promise<boolean> {
    const timeout = new AbortController();
    const timer = setTimeout(() => timeout.abort(), patience);
    const stop = () => timeout.abort();
    stopped.addEventListener('abort', stop);
    try {
      const body = this.#body(messages);
      // As plain text it needs no preflight; it goes on while the page is left.
      const { ok, status, headers } = await fetch(this.#url, {
        method: 'POST',
        body,
        keepalive: true,
        signal: timeout.signal,
      });
      if (ok || status === 400) return true;
      // The key, or the site, is not wanted: not again before the next page.
      if (status === 401 || status === 403) this.#isRefused = true;
      else this.#rest(headers.get('retry-after'));
      return false;
    } catch {
      return false; // no network
    } finally {
      clearTimeout(timer);
      stopped.removeEventListener('abort', stop);
    }
  }

  /** What this page knows and nobody else may still have. It stays in the queue: whether a beacon arrives nobody tells, and the server recognises a repeat. */
  #leave(): void {
    if (this.#isRefused || !navigator.onLine) return;
    const names = [...this.queue.own].filter((name) => !this.#beaconed.has(name) && !this.#inFlight.includes(name));
    const batch = this.queue.first(most.messages, most.bytes, names);
    if (batch.messages.length > 0 && navigator.sendBeacon(this.#url, this.#body(batch.messages)))
      for (const name of batch.names) this.#beaconed.add(name);
  }

  get #url(): string {
    return `${this.target.host}/v1/batch`;
  }

  #body(batch: Message[]): string {
    return JSON.stringify({ writeKey: this.target.writeKey, batch, sentAt: new Date().toISOString() });
  }

  /** Seconds, or a date. */
  #rest(retryAfter: string | null): void {
    const until = Number(retryAfter) > 0 ? Date.now() + Number(retryAfter) * 1_000 : Date.parse(retryAfter ?? '');
    if (until > Date.now()) this.store.set(restName, String(until));
  }

  #backOff(): number {
    return Math.min(longestWait, soon * 2 ** this.#failures) * (0.5 + Math.random() / 2);
  }
}
