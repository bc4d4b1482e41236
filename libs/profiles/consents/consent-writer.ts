import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { unchanged, type Effects, type Outcome, type Peek, type Row } from '@millrace/sdk';
import type { Model } from 'mongoose';
import { DueProfiles } from '../due/index.ts';
import { said } from '../folding/index.ts';
import { nativeCollection, peekNewest, ProfileStore, writeNewest, type Collection } from '../store/index.ts';
import { consentModel, type StoredConsent } from './consent.schema.ts';
import type { ConsentRow } from './read-consents.ts';

/** Keeps the choice that counts, for each identity, channel and purpose. */
@Injectable()
export class ConsentWriter {
  private readonly consents: Collection<StoredConsent>;

  constructor(
    @InjectModel(consentModel) consents: Model<StoredConsent>,
    private readonly store: ProfileStore,
    private readonly due: DueProfiles,
  ) {
    this.consents = nativeCollection<StoredConsent>(consents);
  }

  /** Each row brings the choices of its identities; one outcome a row, in their order. */
  async write(rows: ConsentRow[][]): Promise<Outcome[]> {
    const identities = [...new Set(rows.flat().map(({ identity }) => identity))];
    const owners = async (): Promise<string[]> => [...(await this.store.ownersOf(identities)).values()];
    const choices = await this.due.during(['consents'], owners, async (concerns) => {
      const written = await writeNewest(this.consents, rows.flat(), stored);
      if (concerns) (await owners()).forEach(concerns); // also who has claimed the identity meanwhile
      return written;
    });
    let start = 0;
    return rows.map(({ length }) => sumUp(choices.slice(start, (start += length))));
  }

  /** What `write` would do. Writes nothing. */
  async peek(rows: ConsentRow[][]): Promise<Peek[]> {
    const choices = await peekNewest(this.consents, rows.flat(), stored);
    let start = 0;
    return rows.map(({ length }) => {
      const own = choices.slice(start, (start += length));
      const [before, after] = [
        choicesOf(own.map((choice) => choice.before)),
        choicesOf(own.map((choice) => choice.after)),
      ];
      return { outcome: sumUp(own.map(({ outcome }) => outcome)), ...(before && { before }), ...(after && { after }) };
    });
  }
}

/** What they say of one identity each, by `<identity>|<channel>|<purpose>`. */
function choicesOf(consents: (StoredConsent | undefined)[]): Row | undefined {
  const known = consents.flatMap((consent) => consent ?? []);
  if (known.length === 0) return undefined;
  return Object.fromEntries(
    known.map(({ _id, state, at, evidence }) => [_id, said({ state, at: at?.toISOString(), evidence })]),
  );
}

function stored(row: Omit<ConsentRow, 'undated'>, v: number): StoredConsent {
  return { ...row, v, updatedAt: new Date() };
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
