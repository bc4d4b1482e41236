import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { MillraceError } from '@millrace/sdk';
import type { Model, mongo } from 'mongoose';
import { carryOn, Log, Settings, plainCollection } from '#platform';
import { Profiles } from '#profiles';
import { Composer } from '../compose/index.ts';
import { Examples } from './examples.ts';
import { NotSent } from './not-sent.ts';
import { PreflightKeys } from './preflight-keys.ts';
import { preflightModel, type StoredPreflight } from './preflight.schema.ts';
import { PreflightTurn } from './preflight-turn.ts';
import { RenderProcesses } from './render-processes.ts';

/** Milliseconds for which a preflight is worked on before another one that waits has its turn. */
const turnMs = 10_000;
/** Milliseconds after which another process takes over from one that is silent. */
const term = 15_000;
const mostFailures = 5;
const fewPeople = 500;

/** Does the preflights that are open, whoever asked for them: one at a time, in turns. */
@Injectable()
export class PreflightWorker {
  readonly #collection: mongo.Collection<StoredPreflight>;

  constructor(
    @InjectModel(preflightModel) model: Model<StoredPreflight>,
    private readonly composer: Composer,
    private readonly profiles: Profiles,
    private readonly notSent: NotSent,
    private readonly examples: Examples,
    private readonly keys: PreflightKeys,
    private readonly renderers: RenderProcesses,
    private readonly settings: Settings,
    private readonly log: Log,
  ) {
    this.#collection = plainCollection<StoredPreflight>(model);
  }

  /** Works until no preflight waits for this process, or one failed. */
  async workOff(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const next = await this.#next();
      if (!next || !(await this.#turn(next, signal))) return;
    }
  }

  /** Who has waited longest, and is in nobody's hands. */
  async #next(): Promise<StoredPreflight | null> {
    const turn = { $set: { turnAt: new Date() } };
    return this.#collection.findOneAndUpdate(freeNow(), turn, { sort: { turnAt: 1 } });
  }

  /** False: it failed. */
  async #turn(preflight: StoredPreflight, signal: AbortSignal): Promise<boolean> {
    const { _id, mail, asOf, total } = preflight;
    // For a few people starting processes takes longer than all else.
    const sandbox = total > fewPeople ? this.renderers.take() : undefined;
    const over = new AbortController();
    const began = performance.now();
    try {
      const counter = await this.composer.counter(mail, asOf, sandbox);
      const { profiles, notSent } = this;
      const parts = { counter, profiles, notSent, publicUrl: this.settings.publicUrl, processes: this.renderers.size };
      const turn = new PreflightTurn(parts, preflight);
      const step = async (work: StoredPreflight): Promise<Partial<StoredPreflight>> => {
        if (performance.now() - began > turnMs && (await this.#othersWait(_id))) over.abort();
        return this.#step(turn, work);
      };
      await carryOn(this.#collection, _id, step, { signal: AbortSignal.any([signal, over.signal]), term });
      return true;
    } catch (error) {
      await this.#failed(_id, error);
      return false;
    } finally {
      if (sandbox) this.renderers.giveBack();
    }
  }

  async #step(turn: PreflightTurn, work: StoredPreflight): Promise<Partial<StoredPreflight>> {
    const began = performance.now();
    const { tally, candidates, looked, next } = await turn.step(work);
    const found = await this.examples.add(work._id, candidates.all(work._id, work.expiresAt));
    const sum = work.looked + looked;
    const progress: Partial<StoredPreflight> = {
      state: 'running',
      looked: sum,
      total: Math.max(work.total, sum),
      workedMs: work.workedMs + Math.round(performance.now() - began),
      tally: JSON.stringify(tally),
      floors: { ...work.floors, ...found },
      failures: 0,
      turnAt: new Date(),
    };
    if (next !== null) return { ...progress, position: next };
    await this.#refuseChanged(work);
    return { ...progress, total: sum, state: 'done', endedAt: new Date() };
  }

  /** Throws `not_found`, `conflict` where people came and went because the audience is another one by now: the counts are of neither. */
  async #refuseChanged({ audience, audienceRevision }: StoredPreflight): Promise<void> {
    if (audience === null || audienceRevision === undefined) return;
    if ((await this.keys.ofAudience(audience)).revision === audienceRevision) return;
    throw new MillraceError(
      'conflict',
      `The audience "${audience}" was changed while its people were looked at: the counts are of neither. Begin a new preflight.`,
    );
  }

  /** The template's faults end it; what may pass is tried again a few times. */
  async #failed(_id: string, error: unknown): Promise<void> {
    const known = error instanceof MillraceError;
    const passes = !known || error.retryable;
    if (!known) this.log.error({ error, preflight: _id }, 'A preflight could not be carried on');
    const open = { _id, endedAt: { $exists: false } };
    const told = passes
      ? await this.#collection.findOneAndUpdate(open, { $inc: { failures: 1 } }, { returnDocument: 'after' })
      : null;
    if (told && told.failures < mostFailures) return;
    const message = known ? error.message : 'Something failed on our side. Ask again in a moment.';
    const end = {
      state: 'failed' as const,
      endedAt: new Date(),
      error: { code: known ? error.code : 'internal', message },
    };
    await this.#collection.updateOne(open, { $set: end });
  }

  async #othersWait(_id: string): Promise<boolean> {
    const waiting = { _id: { $ne: _id }, ...freeNow() } as mongo.Filter<StoredPreflight>;
    return (await this.#collection.findOne(waiting, { projection: { _id: 1 } })) !== null;
  }
}

/** Open, and in nobody's hands. */
function freeNow(): object {
  const free = { $or: [{ until: { $exists: false } }, { until: { $lte: new Date() } }] };
  return { state: { $in: ['waiting', 'running'] }, ...free };
}
