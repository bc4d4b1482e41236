import { Injectable, type OnModuleInit } from '@nestjs/common';
import { canonicalJson } from '#platform';
import { Syncs } from '#sync';
import { TriggerCollections } from './store/index.ts';
import { definitionOf } from './triggers.ts';

/** Triggers that start a sync go on starting it when it is called otherwise. */
@Injectable()
export class SyncRenames implements OnModuleInit {
  constructor(
    private readonly collections: TriggerCollections,
    private readonly syncs: Syncs,
  ) {}

  onModuleInit(): void {
    this.syncs.onRename(({ from, to }) => this.#rename(from, to));
  }

  async #rename(from: string, to: string): Promise<void> {
    for (const trigger of await this.collections.triggers.find({}).toArray()) {
      const definition = definitionOf(trigger);
      if (!('sync' in definition.do) || definition.do.sync !== from) continue;
      const { _id, revision } = trigger;
      const renamed = canonicalJson({ ...definition, do: { sync: to } });
      await this.collections.triggers.updateOne(
        { _id, revision },
        { $set: { definition: renamed }, $inc: { revision: 1 } },
      );
    }
  }
}
