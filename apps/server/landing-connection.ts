import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Connections } from '#connections';
import { Datasets } from '#landing';
import { SyncEnds } from '#sync';

const landing = 'landing';

/** Makes the landing a connection like any other, and tells it what the syncs do with it. */
@Injectable()
export class LandingConnection implements OnModuleInit {
  constructor(
    private readonly connections: Connections,
    private readonly syncs: SyncEnds,
    private readonly datasets: Datasets,
  ) {}

  onModuleInit(): void {
    const { connections, syncs } = this;
    connections.addBuiltIn({ id: landing, name: 'Landing', connector: landing });
    this.datasets.learnFrom({
      slugOf: async (connection) => (await connections.find(connection))?.slug,
      landed: () => syncs.sourcesOf(landing),
      usedBy: async ({ name, connection, stream }) => {
        const reader = await syncs.reading({ connection: landing, stream: name });
        if (reader) return `Sync "${reader.name}" (${reader._id}) reads this dataset. Remove that sync first.`;
        const writer = await syncs.reading({ connection, stream }, landing);
        return writer && `Sync "${writer.name}" (${writer._id}) lands this dataset. Remove that sync first.`;
      },
    });
  }
}
