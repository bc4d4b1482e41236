import { randomId, type Message } from './messages.ts';
import type { Store } from './store.ts';

/** What others of the site's scripts may need is left to them. */
const most = { messages: 500, letters: 400_000, messageBytes: 32_000 };
const start = 'm.';

export interface Batch {
  names: string[];
  messages: Message[];
}

/**
 * What is still to be sent. Each message has an entry of its own, so that tabs never write over each other's. Bounded: the oldest go first. Names sort by time.
 */
export class Queue {
  /** Of this page, and not known to have arrived. */
  readonly own = new Set<string>();
  #count = 0;

  constructor(private readonly store: Store) {}

  get length(): number {
    return this.store.names(start).length;
  }

  /** Whether it was taken: larger ones would be refused anyway, and some are none of JSON's. */
  add(message: Message): boolean {
    const text = written(message);
    if (text === undefined || bytesOf(text) > most.messageBytes) return false;
    const time = Date.now().toString(36).padStart(9, '0');
    const order = (this.#count++).toString(36).padStart(4, '0');
    const name = `${start}${time}.${order}.${randomId().slice(0, 8)}`;
    this.store.set(name, text);
    this.own.add(name);
    this.#shorten();
    return true;
  }

  /** The oldest, up to so many and so many bytes. */
  first(messages: number, bytes: number, names: readonly string[] = this.store.names(start)): Batch {
    const batch: Batch = { names: [], messages: [] };
    let room = bytes;
    for (const name of names) {
      const text = this.store.get(name);
      if (text === null) {
        this.own.delete(name); // another tab was quicker
        continue;
      }
      room -= bytesOf(text);
      if (batch.names.length > 0 && (room < 0 || batch.names.length >= messages)) break;
      const message = read(text);
      if (message) batch.messages.push(message);
      batch.names.push(name);
    }
    return batch;
  }

  remove(names: readonly string[]): void {
    for (const name of names) {
      this.store.remove(name);
      this.own.delete(name);
    }
  }

  #shorten(): void {
    let letters = 0;
    const newest = this.store.names(start).reverse();
    this.remove(
      newest.filter((name, at) => at >= most.messages || (letters += this.store.get(name)?.length ?? 0) > most.letters),
    );
  }
}

const bytesOf = (text: string): number => new Blob([text]).size;

/** Undefined for what holds itself, or a bigint. */
function written(message: Message): string | undefined {
  try {
    return JSON.stringify(message);
  } catch {
    return undefined;
  }
}

/** Undefined for what somebody else has put there. */
function read(text: string): Message | undefined {
  try {
    return JSON.parse(text) as Message;
  } catch {
    return undefined;
  }
}
