import { Injectable } from '@nestjs/common';
import { MillraceError } from '@millrace/sdk';
import { Connections } from '#connections';

/** Names of connections by their ids, for reports; of one that was removed nothing is known any more. */
@Injectable()
export class ConnectionLabels {
  constructor(private readonly connections: Connections) {}

  async of(ids: Iterable<string>): Promise<Map<string, string>> {
    const labels = new Map<string, string>();
    for (const id of new Set(ids)) {
      const name = await this.nameOf(id);
      if (name !== undefined) labels.set(id, name);
    }
    return labels;
  }

  private async nameOf(id: string): Promise<string | undefined> {
    try {
      return (await this.connections.get(id)).name;
    } catch (error) {
      if (error instanceof MillraceError && error.code === 'not_found') return undefined;
      throw error;
    }
  }
}
