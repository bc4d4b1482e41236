import type { AnyConnector } from '../../index.ts';
import { connectionChecks } from './connection-checks.ts';
import { declarationChecks } from './declaration-checks.ts';
import { discoveryChecks } from './discovery-checks.ts';
import type { ContractCheck, ContractOptions } from './options.ts';
import { pushChecks } from './push-checks.ts';
import { signatureChecks } from './signature-checks.ts';
import { streamChecks } from './stream-checks.ts';
import { subscriptionChecks } from './subscription-checks.ts';
import { heedingUnhandled } from './unhandled.ts';
import { webhookChecks } from './webhook-checks.ts';
import { Workbench } from './workbench.ts';

/**
 * The checks that every connector has to pass, in the order to run them in. They know no test framework: `run()` throws a
 * MillraceError that names the fault. The last one tells of secrets seen by those before it.
 */
export function contractChecks(connector: AnyConnector, options: ContractOptions): ContractCheck[] {
  const bench = new Workbench(connector, options);
  const { webhooks } = connector;
  const checks: ContractCheck[] = [
    ...declarationChecks(bench),
    ...connectionChecks(bench),
    ...discoveryChecks(bench),
    ...(connector.source ? [...streamChecks(bench), ...subscriptionChecks(bench)] : []),
    ...(webhooks ? [...signatureChecks(bench, webhooks), ...webhookChecks(bench, webhooks)] : []),
    ...(connector.destination ? pushChecks(bench) : []),
    { name: 'keeps its secrets out of logs, pages, outcomes and errors', run: async () => bench.watch.assertNone() },
  ];
  return checks.map((check) => heedingUnhandled(connector, check));
}
