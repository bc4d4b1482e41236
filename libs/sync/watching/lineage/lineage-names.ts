import { Injectable } from '@nestjs/common';
import { MillraceError } from '@millrace/sdk';
import { Connections } from '#connections';
import { Collections } from '../../collections.ts';
import type { Run } from '../../runs/run.schema.ts';
import type { ToldRun } from './told-run.schema.ts';

/** How a run's job and datasets are called: by slugs where there are some, which do not change with the installation. */
@Injectable()
export class LineageNames {
  constructor(
    private readonly collections: Collections,
    private readonly connections: Connections,
  ) {}

  /** @param objects where the run writes to, as far as it got to know */
  async of({ sync, plan }: Run, objects?: string[]): Promise<Pick<ToldRun, 'job' | 'input' | 'outputs'>> {
    const found = await this.collections.syncs.findOne({ _id: sync }, { projection: { slug: 1 } });
    const [from, to] = await Promise.all([
      this.connectionName(plan.from.connection),
      this.connectionName(plan.to.connection),
    ]);
    const known = objects ?? (plan.to.object ? [plan.to.object] : Object.keys(plan.outputs ?? {}));
    return {
      job: found?.slug ?? sync,
      input: `${from}/${plan.from.stream}`,
      outputs: known.map((object) => `${to}/${object}`),
    };
  }

  private async connectionName(id: string): Promise<string> {
    try {
      return (await this.connections.get(id)).slug ?? id;
    } catch (error) {
      if (error instanceof MillraceError && error.code === 'not_found') return id;
      throw error;
    }
  }
}
