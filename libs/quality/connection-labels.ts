import { Injectable } from '@nestjs/common';
import { Connections } from '#connections';

/** Names of connections by their ids, for reports; of one that was removed nothing is known any more. */
@Injectable()
export class ConnectionLabels {
  constructor(private readonly connections: Connections) {}

  async of(ids: Iterable<string>): Promise<Map<string, string>> {
    const labels = new Map<string, string>();
    for (const id of new Set(ids)) {
      const name = (await this.connections.find(id))?.name;
      if (name !== undefined) labels.set(id, name);
    }
    return labels;
  }
}
