import { messageOf, pageFields, type Fields, type Message, type Told } from './messages.ts';
import { isRefusedByBrowser, type Options } from './options.ts';
import { followPages } from './page-views.ts';
import { Person } from './person.ts';
import { Queue } from './queue.ts';
import { Sender } from './sender.ts';
import { Store } from './store.ts';

/** Messages that wait for consent, in memory. */
const mostWaiting = 100;
const consentName = 'consent';
/** Stands among messages where somebody signed out. */
const becomesAnother = 'reset';

/**
 * What a page talks to. Nothing is stored and nothing is sent before `consent(true)`; what was told until then waits in memory. `consent(false)` forgets
 * everything.
 */
export class Client {
  #consent: boolean | undefined;
  #waiting: (Message | typeof becomesAnother)[] = [];
  #referrer = document.referrer;
  readonly #store: Store;
  readonly #person: Person;
  readonly #queue: Queue;
  readonly #sender: Sender;

  constructor(
    writeKey: string,
    private readonly options: Options,
  ) {
    this.#store = new Store(`millrace.${writeKey.slice(-8)}.`);
    this.#person = new Person(this.#store);
    this.#queue = new Queue(this.#store);
    this.#sender = new Sender(this.#queue, this.#store, { host: options.host, writeKey });
    if (this.#isBarred) this.consent(false);
    else if (this.#store.get(consentName) === '1') this.consent(true);
    // What somebody decides in one tab holds in the others.
    addEventListener('storage', ({ key, newValue }) => {
      if (key === this.#store.prefix + consentName && this.#consent !== (newValue === '1'))
        this.consent(newValue === '1');
    });
    if (options.pages)
      followPages((before) => {
        if (before) this.#referrer = before;
        this.page();
      });
  }

  /** What somebody has decided: `true` or `'granted'`; anything else is a refusal. A "yes" holds for later pages, too. */
  consent(choice: unknown): void {
    this.#consent = (choice === true || choice === 'granted') && !this.#isBarred;
    const waiting = this.#waiting;
    this.#waiting = [];
    if (this.#consent) {
      this.#person.ids(); // before the other tabs hear of it: they take the same ones
      if (this.#store.get(consentName) !== '1') this.#store.set(consentName, '1');
      for (const told of waiting) {
        if (told === becomesAnother) this.#person.forget();
        else this.#keep(told);
      }
      this.#sender.wake();
    } else {
      this.#sender.stop();
      this.#queue.own.clear();
      this.#store.clear();
    }
  }

  /** Says who it is, and adds to their traits. An empty id, as pages have it of somebody who is not signed in, names nobody. */
  identify(userId?: string | number | Fields | null, traits?: Fields): void {
    if (typeof userId === 'object' && userId !== null) return this.identify(undefined, userId);
    const id = String(userId ?? '').trim();
    this.#tell({ type: 'identify', ...(id && { userId: id }), traits });
  }

  track(event: string, properties?: Fields): void {
    this.#tell({ type: 'track', event, properties });
  }

  page(name?: string | Fields, properties?: Fields): void {
    if (typeof name === 'object') return this.page(undefined, name);
    this.#tell({ type: 'page', name, properties: { ...pageFields(this.#referrer), ...properties } });
  }

  group(groupId: string, traits?: Fields): void {
    this.#tell({ type: 'group', groupId, traits });
  }

  /** Whoever comes next is somebody else: for signing out. */
  reset(): void {
    if (this.#consent) this.#person.forget();
    else if ((this.#waiting.at(-1) ?? becomesAnother) !== becomesAnother) this.#waiting.push(becomesAnother);
  }

  /** Sends what waits, now. */
  flush(): Promise<void> {
    return this.#consent ? this.#sender.flush() : Promise.resolve();
  }

  /** Undefined without consent. */
  anonymousId(): string | undefined {
    return this.#consent ? this.#person.ids().anonymousId : undefined;
  }

  get #isBarred(): boolean {
    return this.options.respectSignals && isRefusedByBrowser();
  }

  #tell(told: Told): void {
    if (this.#consent === false) return;
    const message = messageOf(told, pageFields(this.#referrer));
    if (this.#consent) {
      this.#keep(message);
      this.#sender.wake();
    } else if (this.#waiting.length < mostWaiting) this.#waiting.push(message); // the first ones tell where somebody came from
  }

  #keep(message: Message): void {
    const { userId } = message;
    const ids = typeof userId === 'string' ? this.#person.is(userId) : this.#person.ids();
    if (!this.#queue.add({ ...message, ...ids }))
      console.warn('millrace: too large to be sent, or no JSON:', message.type);
  }
}
