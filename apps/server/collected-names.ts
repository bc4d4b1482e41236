import { Injectable } from '@nestjs/common';
import { fieldSteps, type FieldStep } from '@millrace/sdk';
import type { SensitiveNames } from '#collect';
import { composed, contentHash, Remembered } from '#platform';
import { SensitiveTraits } from '#profiles';
import { SyncEnds } from '#sync';

/** Milliseconds after which every process knows of a changed mapping. */
const mappingsKnownWithin = 5_000;

/** Where a row of what was collected has its traits. */
const places = [
  ['profile', 'traits'],
  ['message', 'traits'],
  ['message', 'context', 'traits'],
];

/** That a mapping makes a trait of something collected. */
interface Taking {
  /** Its name as it was collected; absent: it may be any. */
  name?: string;
  /** Absent: what it holds become traits. */
  trait?: string;
}

/** How sensitive traits are called where they were collected: as themselves, or as what mappings make them of. */
@Injectable()
export class CollectedNames {
  readonly #takings = new Remembered(mappingsKnownWithin, () => this.#read());

  constructor(
    private readonly traits: SensitiveTraits,
    private readonly syncs: SyncEnds,
  ) {}

  readonly sensitive: SensitiveNames = async () => {
    const names = await this.traits.names();
    if (names.length === 0) return names;
    const takings = (await this.#takings.get()).filter(({ trait }) => trait === undefined || names.includes(trait));
    if (takings.some(({ name }) => name === undefined)) return 'all';
    return [...names, ...takings.flatMap(({ name }) => name ?? [])];
  };

  /** Another text once mappings make traits of something else. */
  async goesBy(): Promise<string> {
    return contentHash(await this.#takings.get());
  }

  /** Of all syncs of streams that are called as the collector's: a name too many only seals more. */
  async #read(): Promise<Taking[]> {
    const syncs = (await this.syncs.writing('profiles')).filter(({ from }) => from.stream === 'events');
    const writes = syncs.flatMap((sync) => sync.writes.filter(({ object }) => object === 'profile'));
    return writes.flatMap(({ target, reads }) => reads.flatMap((field) => takingOf(target, field)));
  }
}

function takingOf(target: string, field: string): Taking[] {
  const [kind, trait] = target === '' ? [] : stepsOf(target);
  if (kind !== 'traits') return [];
  const steps = stepsOf(field);
  const place = places.find((path) => path.every((step, at) => at >= steps.length || steps[at] === step));
  if (!place) return [];
  const name = steps[place.length];
  if (trait === undefined && steps.length === place.length) return []; // all of them, as they are called
  return [{ ...(typeof name === 'string' && { name: composed(name) }), ...(trait && { trait: composed(trait) }) }];
}

const stepsOf = (path: string): FieldStep[] => (path === '$' ? [] : fieldSteps(path));
