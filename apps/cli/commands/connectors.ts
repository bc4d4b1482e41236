import type { Command } from 'commander';
import { printTable } from '../output/table.ts';
import { overRest } from './session.ts';

interface ConnectorView {
  id: string;
  title: string;
  version: string;
  enabled: boolean;
  reason?: string;
  capabilities: { source: boolean; destination: boolean; webhooks: boolean };
}

export function addConnectors(root: Command): void {
  const connectors = root.command('connectors').description('the connectors that can be used');
  overRest(connectors, async ({ api, print }) => {
    print(await api.get<{ data: ConnectorView[] }>('/api/connectors'), ({ data }) =>
      printTable(
        ['ID', 'TITLE', 'VERSION', 'CAN', 'STATE'],
        data.map(({ id, title, version, enabled, reason, capabilities }) => [
          id,
          title,
          version,
          can(capabilities),
          enabled ? 'enabled' : `disabled: ${reason ?? ''}`,
        ]),
      ),
    );
  });
  for (const enabled of [true, false]) {
    const verb = connectors
      .command(`${enabled ? 'enable' : 'disable'} <connector>`)
      .description(enabled ? 'let its syncs go on' : 'let its syncs rest');
    if (!enabled) verb.option('--reason <text>', 'why, for those who wonder');
    overRest(verb, async ({ api, print }, id: string, { reason }: { reason?: string }) => {
      print(
        await api.patch<ConnectorView>(`/api/connectors/${encodeURIComponent(id)}`, { enabled, reason }),
        (connector) => console.log(`${connector.id} is ${connector.enabled ? 'enabled' : 'disabled'}.`),
      );
    });
  }
}

function can({ source, destination, webhooks }: ConnectorView['capabilities']): string {
  return [source && 'source', destination && 'destination', webhooks && 'webhooks'].filter(Boolean).join(', ');
}
