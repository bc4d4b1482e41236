import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Connections } from '#connections';
import { Removal } from '#content';
import { Syncs } from '#sync';

/** Asks content before what feeds templates is removed. */
@Injectable()
export class ContentGuards implements OnModuleInit {
  constructor(
    private readonly connections: Connections,
    private readonly syncs: Syncs,
    private readonly removal: Removal,
  ) {}

  onModuleInit(): void {
    this.connections.onRemove(async (connection, { force }) => {
      if (!force) await this.removal.refuseConnection(connection);
      return undefined;
    });
    this.syncs.onRemove(async ({ _id: id, from, to }, { force }) => {
      if (!force && to.connection === 'profiles') await this.removal.refuseSync({ id, connection: from.connection });
    });
  }
}
