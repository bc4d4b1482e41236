import { Injectable } from '@nestjs/common';
import type { DestinationObject } from '@millrace/sdk';
import { Catalog } from '#catalog';
import { Connections } from '#connections';
import { Collections } from '../../collections.ts';
import type { PlannedRun } from '../../engine/run-observers.ts';
import type { Run } from '../../runs/run.schema.ts';
import type { ToldRun } from './told-run.schema.ts';

type Written = Pick<PlannedRun['outputs'][number], 'object'> & { definition?: DestinationObject };

/**
 * How a run's job and datasets are called: by slugs where there are some, which do not change with the installation. A dataset has one name for
 * those who write and those who read it (https://openlineage.io/docs/spec/naming): the namespace is the installation's, the name
 * `<connection>/<stream or object>`.
 */
@Injectable()
export class LineageNames {
  constructor(
    private readonly collections: Collections,
    private readonly connections: Connections,
    private readonly catalog: Catalog,
  ) {}

  /** @param planned absent where planning failed: then the outputs are those that the sync itself names */
  async of(run: Run, planned?: PlannedRun): Promise<Pick<ToldRun, 'job' | 'input' | 'outputs'>> {
    const { sync, plan } = run;
    const found = await this.collections.syncs.findOne({ _id: sync }, { projection: { slug: 1 } });
    const [from, to] = await Promise.all([
      this.connectionName(plan.from.connection),
      this.connectionName(plan.to.connection),
    ]);
    const origin = planned?.origin ?? plan.from;
    const written: Written[] = planned?.outputs ?? this.namedBySync(run);
    const names = written.map(async ({ object, definition }) => (await definition?.readBackAs?.(origin)) ?? object);
    return {
      job: found?.slug ?? sync,
      input: `${from}/${plan.from.stream}`,
      outputs: (await Promise.all(names)).map((name) => `${to}/${name}`),
    };
  }

  private namedBySync({ plan: { to, toConnector, outputs = {} } }: Run): Written[] {
    const found = this.catalog.list().find(({ connector }) => connector.id === toConnector);
    const objects = found?.connector.destination?.objects ?? {};
    const known = typeof objects === 'function' ? {} : objects;
    return (to.object ? [to.object] : Object.keys(outputs)).map((object) => ({ object, definition: known[object] }));
  }

  private async connectionName(id: string): Promise<string> {
    return (await this.connections.find(id))?.slug ?? id;
  }
}
