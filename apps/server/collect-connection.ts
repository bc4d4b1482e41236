import { Injectable, type OnModuleInit } from '@nestjs/common';
import { MillraceError } from '@millrace/sdk';
import { Sources } from '#collect';
import { Connections } from '#connections';
import { BuiltInSources } from '#profiles';
import { Runs, Syncs } from '#sync';
import { TrackingLinks } from '#tracking';

const collect = 'collect';
const slug = 'collected-events';

/** Makes the inbox a connection like any other. With the first source, or the first tracked mail, comes the sync that brings events to the profile store. */
@Injectable()
export class CollectConnection implements OnModuleInit {
  constructor(
    private readonly connections: Connections,
    private readonly syncs: Syncs,
    private readonly runs: Runs,
    private readonly sources: Sources,
    private readonly links: TrackingLinks,
    private readonly builtIn: BuiltInSources,
  ) {}

  onModuleInit(): void {
    this.connections.addBuiltIn({ id: collect, name: 'Collected events', connector: collect });
    this.builtIn.add(collect);
    this.sources.onCreate(() => this.ensureSync());
    this.links.onFirstLink(() => this.ensureSync());
  }

  /** Operators may change or pause it: one that is there stays as it is. */
  private async ensureSync(): Promise<void> {
    try {
      const { _id } = await this.syncs.create({
        slug,
        name: 'Collected events',
        from: { connection: collect, stream: 'events' },
        to: { connection: 'profiles' },
        drift: 'ignore', // clients send what fields they like
      });
      await this.runs.start(_id, { trigger: 'chain' }); // so that the first event does not wait for the next look at chains
    } catch (error) {
      if (!(error instanceof MillraceError) || !['conflict', 'run_active'].includes(error.code)) throw error;
    }
  }
}
