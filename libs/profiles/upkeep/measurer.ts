import { Injectable } from '@nestjs/common';
import type { Json } from '@millrace/sdk';
import { ActivityStore } from '../activity/index.ts';
import type { Derivation, Measured } from '../definitions/index.ts';
import type { CompiledMeasure, MeasuredRow, Tally } from '../measures/index.ts';
import { Permissions } from '../permissions/index.ts';
import type { StoredProfile } from '../store/index.ts';
import { eventRow, lineRows, orderRow } from './measured-rows.ts';
import { OwnedRows } from './owned-rows.ts';

type Person = Pick<StoredProfile, '_id' | 'ids' | 'absorbed'>;

export interface Measurement {
  /** By profile id; who has nothing to measure is not there. */
  measured: Map<string, Measured>;
  /** They have more rows than were to be read: nothing was measured of them. */
  tooMany: Set<string>;
}

/** Measures people from the truth: their orders, events and consents as they are now. */
@Injectable()
export class Measurer {
  constructor(
    private readonly activity: ActivityStore,
    private readonly permissions: Permissions,
  ) {}

  /** @param most rows of one collection that are read of one person (default: all) */
  async measure(people: readonly Person[], derivation: Derivation, now: Date, most = Infinity): Promise<Measurement> {
    const rows = new OwnedRows(people, now, most);
    const tallies = new Tallies(now.getTime());
    const orders = derivation.measuresOf('orders');
    const lines = derivation.measuresOf('orderLines');
    await rows.read(this.activity.orders, [...orders, ...lines], (owner, order) => {
      if (orders.length > 0) tallies.add(owner, orders, orderRow(order));
      if (lines.length > 0) for (const line of lineRows(order)) tallies.add(owner, lines, line);
    });
    const events = derivation.measuresOf('events');
    await rows.read(this.activity.events, events, (owner, event) => tallies.add(owner, events, eventRow(event)));
    await this.#readConsents(people, derivation.measuresOf('consents'), tallies);
    return { measured: tallies.measured(rows.tooMany), tooMany: rows.tooMany };
  }

  async #readConsents(people: readonly Person[], measures: CompiledMeasure[], tallies: Tallies): Promise<void> {
    const asked = people.map(({ _id: id, ids: identities }) => ({ id, identities }));
    for (const measure of measures) {
      if (!measure.consent) continue;
      const said = await this.permissions.saidBy(asked, measure.consent);
      for (const [owner, state] of said) tallies.add(owner, [measure], { id: owner, row: { state } });
    }
  }
}

/** What was measured so far, by person and measure. */
class Tallies {
  readonly #byOwner = new Map<string, Map<CompiledMeasure, Tally>>();

  constructor(private readonly now: number) {}

  add(owner: string, measures: readonly CompiledMeasure[], row: MeasuredRow): void {
    const tallies = this.#byOwner.get(owner) ?? new Map<CompiledMeasure, Tally>();
    this.#byOwner.set(owner, tallies);
    for (const measure of measures) {
      let tally = tallies.get(measure);
      if (!tally) tallies.set(measure, (tally = measure.tally(this.now)));
      tally.add(row);
    }
  }

  measured(except: ReadonlySet<string>): Map<string, Measured> {
    const all = new Map<string, Measured>();
    for (const [owner, tallies] of this.#byOwner) {
      if (except.has(owner)) continue;
      const values: Record<string, Json> = {};
      let until = Infinity;
      for (const [measure, tally] of tallies) {
        const value = tally.value();
        if (value !== measure.empty) values[measure.key] = value;
        until = Math.min(until, tally.changesAt());
      }
      all.set(owner, { values, ...(until < Infinity && { until: new Date(until) }) });
    }
    return all;
  }
}
