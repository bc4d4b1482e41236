import { Injectable, Optional } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { retry, unchanged, type Effects, type Outcome, type Peek, type Row } from '@millrace/sdk';
import type { Model } from 'mongoose';
import { hashText, spellingsOf, writeUnordered } from '#platform';
import { refusedAsErased, Tombstones } from '#tombstones';
import { DueProfiles } from '../due/index.ts';
import { said } from '../folding/index.ts';
import {
  documentsById,
  foldDocuments,
  indexesBy,
  nativeCollection,
  ProfileStore,
  touchOwners,
  type Collection,
} from '../store/index.ts';
import { changeConsent } from './change-consent.ts';
import { consentChoiceModel, type ConsentChoice } from './choice.schema.ts';
import { consentModel, type StoredConsent } from './consent.schema.ts';
import type { ConsentRow } from './read-consents.ts';

/** Keeps what is said of each identity, channel and purpose, the choice that counts, and the history of choices. */
@Injectable()
export class ConsentWriter {
  private readonly consents: Collection<StoredConsent>;
  private readonly choices: Collection<ConsentChoice>;

  constructor(
    @InjectModel(consentModel) consents: Model<StoredConsent>,
    @InjectModel(consentChoiceModel) choices: Model<ConsentChoice>,
    private readonly store: ProfileStore,
    private readonly due: DueProfiles,
    @Optional() private readonly tombstones?: Tombstones,
  ) {
    this.consents = nativeCollection<StoredConsent>(consents);
    this.choices = nativeCollection<ConsentChoice>(choices);
  }

  /** Each row brings the choices of its identities; one outcome a row, in their order. */
  async write(rows: ConsentRow[][]): Promise<Outcome[]> {
    const all = rows.flat();
    const now = new Date();
    const erased = await this.erased(all);
    const outcomes = all.map((row) => (erased.has(row) ? refusedAsErased() : undefined));
    const byConsent = indexesBy(all.map((row) => (erased.has(row) ? undefined : row.consent)));
    const told = new Map<string, ConsentRow[]>();
    const identities = [...new Set(all.flatMap(({ identity }) => spellingsOf(identity)))];
    const owners = async (): Promise<string[]> => [...(await this.store.ownersOf(identities)).values()];
    const lost = await this.due.during(['consents'], owners, async (concerns) => {
      const losers = await foldDocuments(this.consents, [...byConsent.keys()], (id, before) => {
        const indexes = byConsent.get(id) ?? [];
        const own = indexes.map((index) => all[index] as ConsentRow);
        const change = changeConsent(before, own, now);
        indexes.forEach((index, i) => (outcomes[index] = change.outcomes[i]));
        told.set(id, change.told);
        return change.after;
      });
      if (concerns) (await owners()).forEach(concerns); // also who has claimed the identity meanwhile
      return losers;
    });
    for (const id of lost) for (const index of byConsent.get(id) ?? []) outcomes[index] = undefined;
    await this.remember(
      [...told].flatMap(([id, choices]) => (lost.has(id) ? [] : choices)),
      now,
    );
    const final = outcomes.map(
      (outcome) => outcome ?? retry(250, 'Other writers were changing the same consents; try again.'),
    );
    return perRow(rows, final).map(sumUp);
  }

  /** What `write` would do. Writes nothing. */
  async peek(rows: ConsentRow[][]): Promise<Peek[]> {
    const all = rows.flat();
    const erased = await this.erased(all);
    const known = await documentsById(
      this.consents,
      all.map(({ consent }) => consent),
    );
    const peeks = all.map((row) => {
      const before = known.get(row.consent);
      if (erased.has(row)) return { outcome: refusedAsErased(), before, after: before };
      const { after = before, outcomes } = changeConsent(before, [row], new Date());
      if (after) known.set(row.consent, after);
      return { outcome: outcomes[0] ?? unchanged(), before, after };
    });
    return perRow(rows, peeks).map((own) => {
      const [before, after] = [choicesOf(own.map((one) => one.before)), choicesOf(own.map((one) => one.after))];
      return { outcome: sumUp(own.map(({ outcome }) => outcome)), ...(before && { before }), ...(after && { after }) };
    });
  }

  private async erased(rows: ConsentRow[]): Promise<Set<ConsentRow>> {
    const { tombstones } = this;
    if (!tombstones) return new Set();
    return tombstones.rowsAbout(rows, ({ identity, statement, who = [] }) => [
      ...[identity, ...who].flatMap((one) => tombstones.hashesOf(one)),
      tombstones.hashOfRecord(statement.k),
    ]);
  }

  /** The people are marked as changed: whoever gets profiles with their permissions gets the new ones. */
  private async remember(told: ConsentRow[], now: Date): Promise<void> {
    if (told.length === 0) return;
    const choices = told.map((row) => choiceOf(row, now));
    await writeUnordered(() => this.choices.insertMany(choices, { ordered: false }));
    await touchOwners(
      this.store,
      told.map(({ identity }) => identity),
      now,
    );
  }
}

function choiceOf({ consent, identity, channel, purpose, statement }: ConsentRow, recordedAt: Date): ConsentChoice {
  const { a, s: _s, o: _o, h, ...choice } = statement;
  const _id = hashText(JSON.stringify([consent, choice.k, h, a]));
  return { _id, identity, channel, purpose, ...choice, recordedAt };
}

function perRow<T>(rows: ConsentRow[][], all: T[]): T[][] {
  let start = 0;
  return rows.map(({ length }) => all.slice(start, (start += length)));
}

/** What they say of one identity each, by `<identity>|<channel>|<purpose>`. */
function choicesOf(consents: (StoredConsent | undefined)[]): Row | undefined {
  const known = consents.flatMap((consent) => consent ?? []);
  if (known.length === 0) return undefined;
  return Object.fromEntries(
    known.map(({ _id, state, at, source, wording, evidence }) => [
      _id,
      said({ state, at: at?.toISOString(), source, wording, evidence }),
    ]),
  );
}

const weight: Record<Outcome['status'], number> = {
  retry: 6,
  rejected: 5,
  unknown: 4,
  pending: 4,
  ok: 3,
  superseded: 2,
  unchanged: 1,
};

/** A row is what the weightiest of its choices is. */
function sumUp(outcomes: Outcome[]): Outcome {
  const weightiest = outcomes.reduce((a, b) => (weight[b.status] > weight[a.status] ? b : a), unchanged());
  if (weightiest.status !== 'ok') return weightiest;
  const effects: Effects = {};
  for (const outcome of outcomes) {
    if (outcome.status !== 'ok') continue;
    for (const [name, count] of Object.entries(outcome.effects ?? {}) as [keyof Effects, number][])
      effects[name] = (effects[name] ?? 0) + count;
  }
  return { status: 'ok', effects };
}
