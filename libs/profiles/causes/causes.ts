import { EventEmitter } from 'node:events';
import { Injectable } from '@nestjs/common';
import type { Traits } from '../folding/index.ts';
import { changeKey, isEntered, type StoredProfile } from '../store/index.ts';
import type { Cause, CauseWatch, Watched } from './cause.ts';

interface NewEvent {
  _id: string;
  p: string;
  name: string;
  at: Date;
  properties: Traits;
}

type Changed = Pick<StoredProfile, '_id' | 'untold' | 'changedTraits'>;

/**
 * Tells what became of people to whoever waits for it. No crash loses any: events are told before they are written, and the write that failed is
 * repeated; changes of traits and of audiences are written with the profile and stay there until they were told.
 */
@Injectable()
export class Causes {
  #watch?: CauseWatch;
  readonly #written = new EventEmitter();

  /** From now on. */
  watch(watch: CauseWatch): void {
    this.#watch = watch;
  }

  /** Calls whenever this process has written profiles or told of audiences. A hint: it says nothing of what other processes do. */
  onWritten(listener: () => void): void {
    this.#written.on('written', listener);
  }

  async watched(): Promise<Watched | undefined> {
    return this.#watch?.watched();
  }

  /** Before events are written that are not there yet. */
  async ofEvents(events: readonly NewEvent[]): Promise<void> {
    const watched = events.length > 0 ? await this.watched() : undefined;
    if (!watched) return;
    await this.#tell(
      events.flatMap(({ _id, p, name, at, properties }) =>
        watched.events.has(name)
          ? [{ kind: 'event' as const, key: `event|${_id}`, profile: p, at, name, properties }]
          : [],
      ),
    );
  }

  /** After profiles were written; what is told here and once more by the background is the same. */
  async ofProfiles(profiles: readonly Changed[]): Promise<void> {
    if (profiles.length > 0) this.written();
    const changed = profiles.filter(({ untold, changedTraits }) => untold ?? changedTraits);
    const watched = changed.length > 0 ? await this.watched() : undefined;
    if (!watched) return;
    await this.#tell(changed.flatMap((profile) => [...entriesOf(profile, watched), ...traitsOf(profile, watched)]));
  }

  written(): void {
    this.#written.emit('written');
  }

  async #tell(causes: Cause[]): Promise<void> {
    if (causes.length > 0) await this.#watch?.tell(causes);
  }
}

function entriesOf({ _id: profile, untold = [] }: Changed, { audiences }: Watched): Cause[] {
  return untold.flatMap((change) => {
    const { v, at, defined = false, merged } = change;
    if (merged) return []; // nothing became of the person
    return change.audiences
      .filter((audience) => audiences.has(audience))
      .map((audience) => ({
        ...{ kind: 'audience' as const, key: changeKey(profile, v, audience), profile, at },
        ...{ audience, entered: isEntered(change, audience), defined },
      }));
  });
}

function traitsOf({ _id: profile, changedTraits = [] }: Changed, { traits }: Watched): Cause[] {
  return changedTraits.flatMap(({ v, ...change }) =>
    traits.has(change.trait)
      ? [{ kind: 'trait' as const, key: `${profile}|${v}|trait|${change.trait}`, profile, ...change }]
      : [],
  );
}
