import { Inject, Injectable, Optional } from '@nestjs/common';
import { compileCondition, compileMapping, type Stream, type TemplateRenderer } from '@millrace/sdk';
import { Tombstones } from '#tombstones';
import { Collections } from '../../collections.ts';
import { PEOPLE_NAMES, type PeopleNames } from '../../erasure/index.ts';
import { MAPPING_RENDERER } from '../../mapping-renderer.ts';
import type { Sync } from '../../syncs/sync.schema.ts';
import { ErasedGate, type PageMapper, type RowNames } from './erased-gate.ts';

interface Place {
  connection: string;
  stream: string;
}

export interface GatedStream {
  /** Where its rows are told to come from. */
  origin: Place;
  /** Where they are read; rows of the landing come from elsewhere. */
  from: Place;
  outputs: Stream['outputs'];
}

/** What says whom rows name. */
type Knowing = Pick<Sync, 'outputs' | 'filter'>;

const noNames: RowNames = { mappings: [] };

/** Makes the gates of runs that lead past our own stores. */
@Injectable()
export class ErasedGates {
  constructor(
    private readonly tombstones: Tombstones,
    private readonly collections: Collections,
    @Optional() @Inject(PEOPLE_NAMES) private readonly people?: PeopleNames,
    @Optional() @Inject(MAPPING_RENDERER) private readonly render?: TemplateRenderer,
  ) {}

  gate(mapper: PageMapper, stream: GatedStream): PageMapper {
    return new ErasedGate(mapper, this.tombstones, stream.origin, () => this.#namesIn(stream));
  }

  /** Whom the stream's rows name: as the stream itself says, and as the syncs do that bring it to the profile store. */
  async #namesIn({ origin, from, outputs = {} }: GatedStream): Promise<RowNames> {
    if (!this.people) return noNames;
    const places = [origin, from].map(({ connection, stream }) => ({
      'from.connection': connection,
      'from.stream': stream,
    }));
    const syncs = await this.collections.syncs
      .find<Knowing>({ 'to.connection': this.people.store, $or: places }, { projection: { outputs: 1, filter: 1 } })
      .toArray();
    const mappings = [{ outputs }, ...syncs].flatMap((knowing) => this.#identityMappings(knowing));
    return { mappings, reader: await this.people.reader() };
  }

  /** Of each mapping only what names people. */
  #identityMappings({ outputs = {}, filter }: Knowing): RowNames['mappings'] {
    const passes = filter ? compileCondition(filter) : () => true;
    return Object.values(outputs).flatMap((mapping) => {
      const naming = Object.entries(mapping).filter(([target]) => /^\s*identities\b/.test(target));
      if (naming.length === 0) return [];
      return [{ passes, mapping: compileMapping(Object.fromEntries(naming), { render: this.render }) }];
    });
  }
}
