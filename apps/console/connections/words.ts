import type { Connection, Connector } from '../api/index.ts';
import { timeAgo } from '../ui/index.ts';

export type CheckState = 'works' | 'does not work' | 'not checked' | 'disabled' | 'built in';

export function checkState({ builtIn, enabled, check }: Connection): CheckState {
  if (builtIn) return 'built in';
  if (!enabled) return 'disabled';
  if (!check) return 'not checked';
  return check.ok ? 'works' : 'does not work';
}

/** "checked 3 minutes ago" */
export function checkedText({ checkedAt }: Connection): string {
  return checkedAt === undefined ? '' : `checked ${timeAgo(checkedAt)}`;
}

export const nameExample = 'Shop database';

const purposes: Readonly<Partial<Record<string, string>>> = {
  profiles: 'everybody, with what is known of them: written by syncs, and read by others',
  landing: 'rows as their sources had them, kept to be mapped later',
  collect: 'events that websites, apps and servers send',
};

/** What one that is part of Millrace is for. */
export function purposeText({ connector }: Connection): string {
  return purposes[connector] ?? connector;
}

/** Why it cannot be used as it is; empty: it can. */
export function troubleText({ enabled, reason, check }: Connection): string {
  if (!enabled) return `Its connector is disabled${reason === undefined ? '' : `: ${reason}`}.`;
  return check?.ok === false ? (check.message ?? 'The last check failed.') : '';
}

/** "source, destination" */
export function capabilitiesText({ capabilities }: Connector): string {
  const { source, destination, webhooks } = capabilities;
  return [source && !webhooks && 'source', webhooks && 'source by webhooks', destination && 'destination']
    .filter(Boolean)
    .join(', ');
}
