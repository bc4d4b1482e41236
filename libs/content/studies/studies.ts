import { setTimeout as delay } from 'node:timers/promises';
import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { MillraceError } from '@millrace/sdk';
import type { Model } from 'mongoose';
import { Log, newId } from '#platform';
import { Profiles, type Person, type Sight } from '#profiles';
import type { MailTemplate } from '../compose/index.ts';
import { studyModel, type StoredStudy, type StudiedPeople, type StudyKind } from './study.schema.ts';

/** Looks at people's mails in pages; gives what it has found in the end. */
export interface Study<Result> {
  look(people: Person[], clock: Date): Promise<void>;
  result(): Result;
}

const lifetime = 24 * 3_600_000;
/** Milliseconds without a sign of life after which whoever ran it has ended. */
const silence = 60_000;
/** Milliseconds that whoever asks waits for the result. */
const patience = 5_000;
const pageSize = 50;
const mostAtOnce = 4;

/** Runs studies in the background, and knows how far they are. */
@Injectable()
export class Studies implements OnModuleDestroy {
  readonly #running = new Map<string, Promise<void>>();
  readonly #stopping = new AbortController();

  constructor(
    @InjectModel(studyModel) private readonly model: Model<StoredStudy>,
    private readonly profiles: Profiles,
    private readonly log: Log,
  ) {}

  /**
   * Starts one, and waits a moment for its end: small ones are done when this returns.
   * @throws MillraceError `rate_limited` when too many run in this process
   */
  async start<T>(
    kind: StudyKind,
    templates: MailTemplate[],
    people: StudiedPeople,
    study: Study<T>,
  ): Promise<StoredStudy> {
    if (this.#running.size >= mostAtOnce) {
      throw new MillraceError('rate_limited', 'Too many audiences are being looked at: wait until one is done.', {
        retryAfter: 5000,
      });
    }
    const now = new Date();
    const expiresAt = new Date(now.getTime() + lifetime);
    const _id = newId('std');
    const progress = { state: 'running' as const, looked: 0, aliveAt: now, createdAt: now, expiresAt };
    await this.model.create({ _id, kind, people, templates, ...progress });
    const work = this.#work(_id, people, study).finally(() => this.#running.delete(_id));
    this.#running.set(_id, work);
    await Promise.race([work, delay(patience, undefined, { ref: false })]);
    return this.require(kind, _id, people.sight);
  }

  /**
   * @param sight what the key that asks may see
   * @throws MillraceError `not_found`; `forbidden` where the mails showed more than that
   */
  async require(kind: StudyKind, id: string, sight: Sight): Promise<StoredStudy> {
    const study = await this.model.findOne({ _id: id, kind }).lean<StoredStudy>();
    if (!study)
      throw new MillraceError(
        'not_found',
        'There is no such result, or not any more: they are kept for a day. Ask again.',
      );
    if (sight === 'masked' && study.people.sight !== 'masked') {
      const message =
        'The mails were composed with sensitive traits, which your key may not see: what they chose would tell them. Ask anew.';
      throw new MillraceError('forbidden', message);
    }
    if (study.state !== 'running' || study.aliveAt.getTime() + silence > Date.now()) return study;
    const message = 'The process that looked at the mails has ended. Ask again.';
    return { ...study, state: 'failed', error: { code: 'service_unavailable', message } };
  }

  async onModuleDestroy(): Promise<void> {
    this.#stopping.abort();
    await Promise.all(this.#running.values());
  }

  async #work<T>(_id: string, people: StudiedPeople, study: Study<T>): Promise<void> {
    try {
      await this.#lookAtAll(_id, people, study);
      await this.model.updateOne({ _id }, { $set: { state: 'done', result: study.result(), aliveAt: new Date() } });
    } catch (thrown) {
      const known = thrown instanceof MillraceError;
      if (!known) this.log.error({ error: thrown, study: _id }, 'Mails of an audience could not be looked at');
      const message = known ? thrown.message : 'Something failed on our side. Ask again in a moment.';
      const error = { code: known ? thrown.code : 'internal', message };
      await this.model.updateOne({ _id }, { $set: { state: 'failed', error } }).catch((failure: unknown) => {
        this.log.error({ error: failure, study: _id }, 'The end of a study could not be noted'); // its silence tells the same
      });
    }
  }

  async #lookAtAll<T>(_id: string, { audience, limit, asOf, sight }: StudiedPeople, study: Study<T>): Promise<void> {
    let looked = 0;
    let after: string | undefined;
    for (;;) {
      if (this.#stopping.signal.aborted)
        throw new MillraceError('service_unavailable', 'Millrace was shut down meanwhile. Ask again.');
      // What a condition chose tells by name what it saw: nobody's mails see more than whoever asked.
      const query = { audience, after, limit: Math.min(pageSize, limit - looked), sight };
      const { data, next } = await this.profiles.people(query);
      await study.look(data, asOf);
      looked += data.length;
      await this.model.updateOne({ _id }, { $set: { looked, aliveAt: new Date() } });
      if (next === null || looked >= limit) return;
      after = next;
    }
  }
}
