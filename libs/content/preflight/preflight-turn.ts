import { inertUnsubscribeUrl } from '../preview/index.ts';
import { needsOf, type CountedMail, type MailCounter, type MailRow, type Recipient } from '../compose/index.ts';
import type { Person, Profiles } from '#profiles';
import { Batches } from './batches.ts';
import { Candidates } from './candidates.ts';
import { addresseeOf, type Addressee, type NotSent } from './not-sent.ts';
import { PageReader } from './page-reader.ts';
import type { StoredPreflight } from './preflight.schema.ts';
import { addPeople, emptyTally, type Tally } from './tally.ts';

export interface TurnParts {
  counter: MailCounter;
  profiles: Profiles;
  notSent: NotSent;
  publicUrl: string;
  /** Processes that render. */
  processes: number;
}

/** What a step found out, from where it began on. */
export interface Found {
  tally: Tally;
  candidates: Candidates;
  looked: number;
  /** The cursor to go on from; null: that was all. */
  next: string | null;
}

/** Somebody who was read. */
interface Kept {
  addressee: Addressee;
  mail: MailRow | Recipient;
}

/** Somebody by the id of the profile, and why those of the page would not be sent the mail. */
interface Reader {
  id: string;
  row: MailRow;
  reasons: Promise<Map<string, string>>;
}

const pageSize = 500;
/** Milliseconds of a step: what a crash costs, and how often progress is told. */
const stepMs = 1000;

/** One process's turn at a preflight: looks at people in steps. */
export class PreflightTurn {
  readonly #pages: PageReader<Kept, Reader>;
  readonly #unsubscribeUrl: string;

  constructor(
    private readonly parts: TurnParts,
    private readonly preflight: Pick<StoredPreflight, 'mail' | 'audience' | 'sight' | 'channel' | 'purpose'>,
  ) {
    const { audience, mail, sight = 'unmasked' } = preflight;
    this.#pages = new PageReader(parts.profiles, {
      audience,
      sight: sight ?? 'masked', // should a trait become sensitive meanwhile
      needs: needsOf(parts.counter.mail, mail),
      size: pageSize,
      keep: (person) => this.#kept(person),
      ready: (kept) => this.#readersOf(kept),
    });
    this.#unsubscribeUrl = inertUnsubscribeUrl(parts.publicUrl);
  }

  /** Looks at pages for about a second; at one at least. */
  async step({
    position,
    tally: told,
    floors = {},
  }: Pick<StoredPreflight, 'position' | 'tally' | 'floors'>): Promise<Found> {
    const tally = told === undefined ? emptyTally() : (JSON.parse(told) as Tally);
    const candidates = new Candidates(floors);
    const batches = this.#batchesInto(tally, candidates);
    const began = performance.now();
    let next: string | null | undefined = position;
    let looked = 0;
    try {
      do {
        const { data, next: behind } = await this.#pages.take(next ?? undefined);
        await batches.add(data);
        looked += data.length;
        next = behind;
      } while (next !== null && performance.now() - began < stepMs);
    } finally {
      await batches.done(); // those that are under way are waited for, whatever failed
    }
    return { tally, candidates, looked, next };
  }

  #batchesInto(tally: Tally, candidates: Candidates): Batches<Reader> {
    const { counter, processes } = this.parts;
    return new Batches(2 * processes, async (readers) => {
      const mails = await counter.count(readers.map(({ row }) => row));
      const reasons = await readers[0]?.reasons;
      const counted = readers.map((reader, index) => countedPerson(mails[index], reasons?.get(reader.id)));
      addPeople(tally, counted);
      counted.forEach((person, index) => candidates.add(readers[index]?.id ?? '', person));
    });
  }

  #kept(person: Person): Kept {
    const mail = this.parts.counter.prepared({ person, unsubscribeUrl: this.#unsubscribeUrl });
    return { addressee: addresseeOf(person, this.preflight.channel), mail };
  }

  async #readersOf(kept: Kept[]): Promise<Reader[]> {
    const reasons = this.#reasons(kept.map(({ addressee }) => addressee));
    const rows = await this.parts.counter.rowsOf(kept.map(({ mail }) => mail));
    return rows.map((row, index) => ({ id: kept[index]?.addressee.id ?? '', row, reasons }));
  }

  /** Of a page, while its mails are composed. */
  #reasons(people: readonly Addressee[]): Promise<Map<string, string>> {
    const { channel, purpose } = this.preflight;
    const reasons = this.parts.notSent.reasons(people, channel, purpose);
    reasons.catch(() => undefined); // the batches are told
    return reasons;
  }
}

function countedPerson(
  mail: CountedMail | undefined,
  reason: string | undefined,
): { mail: CountedMail; notSent?: string } {
  if (!mail) throw new Error('The sandbox told of fewer mails than it was asked for.');
  const notSent = reason ?? (mail.skipped === undefined ? undefined : 'skipped');
  return { mail, ...(notSent !== undefined && { notSent }) };
}
