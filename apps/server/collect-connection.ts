import { Injectable, type OnModuleInit } from '@nestjs/common';
import { MillraceError } from '@millrace/sdk';
import { Sources } from '#collect';
import { Connections } from '#connections';
import { Syncs } from '#sync';

const collect = 'collect';
const slug = 'collected-events';

/** Makes the inbox a connection like any other. With the first source comes the sync that brings events to the profile store. */
@Injectable()
export class CollectConnection implements OnModuleInit {
  constructor(
    private readonly connections: Connections,
    private readonly syncs: Syncs,
    private readonly sources: Sources,
  ) {}

  onModuleInit(): void {
    this.connections.addBuiltIn({ id: collect, name: 'Collected events', connector: collect });
    this.sources.onCreate(() => this.ensureSync());
  }

  /** Operators may change or pause it: one that is there stays as it is. */
  private async ensureSync(): Promise<void> {
    try {
      await this.syncs.create({
        slug,
        name: 'Collected events',
        from: { connection: collect, stream: 'events' },
        to: { connection: 'profiles' },
        drift: 'ignore', // clients send what fields they like
      });
    } catch (error) {
      if (!(error instanceof MillraceError) || error.code !== 'conflict') throw error;
    }
  }
}
