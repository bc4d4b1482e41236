import { inertUnsubscribeUrl } from '../preview/index.ts';
import { needsOf, type CountedMail, type MailCounter, type Recipient } from '../compose/index.ts';
import type { Person, Profiles } from '#profiles';
import { Batches } from './batches.ts';
import { Candidates } from './candidates.ts';
import type { NotSent } from './not-sent.ts';
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

const pageSize = 500;
/** Milliseconds of a step: what a crash costs, and how often progress is told. */
const stepMs = 1000;

/** One process's turn at a preflight: looks at people in steps. */
export class PreflightTurn {
  readonly #pages: PageReader;
  readonly #unsubscribeUrl: string;

  constructor(
    private readonly parts: TurnParts,
    private readonly preflight: Pick<StoredPreflight, 'mail' | 'audience' | 'channel' | 'purpose'>,
  ) {
    const needs = needsOf(parts.counter.prepared, preflight.mail);
    this.#pages = new PageReader(parts.profiles, preflight.audience, needs, pageSize);
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
    do {
      const { data, next: behind } = await this.#pages.take(next ?? undefined);
      await batches.all(data);
      looked += data.length;
      next = behind;
    } while (next !== null && performance.now() - began < stepMs);
    return { tally, candidates, looked, next };
  }

  #batchesInto(tally: Tally, candidates: Candidates): Batches<Person> {
    const { channel, purpose } = this.preflight;
    const { counter, notSent, processes } = this.parts;
    return new Batches(2 * processes, async (people) => {
      const [mails, reasons] = await Promise.all([
        counter.count(people.map((person) => this.#recipient(person))),
        notSent.reasons(people, channel, purpose),
      ]);
      const counted = people.map(({ profile }, index) => countedPerson(mails[index], reasons.get(profile.id)));
      addPeople(tally, counted);
      people.forEach(({ profile }, index) => {
        const person = counted[index];
        if (person) candidates.add(profile.id, person);
      });
    });
  }

  #recipient(person: Person): Recipient {
    return { person, unsubscribeUrl: this.#unsubscribeUrl };
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
