import { Injectable } from '@nestjs/common';
import { MillraceError } from '@millrace/sdk';
import { Connections } from '#connections';
import { newId, Settings } from '#platform';
import type { Alert, AlertedSync } from '../alerts/alert.schema.ts';
import { subjectOf, type AlertKind, type AlertRule } from '../rules/rule.schema.ts';
import type { AlertEvent, AlertNotice, NoticeItem } from './notice.ts';
import { adviceOf, titleOf, type AlertEnd } from './texts.ts';

const listed = 50;

/** Writes what is said about an alert. */
@Injectable()
export class Notices {
  constructor(
    private readonly settings: Settings,
    private readonly connections: Connections,
  ) {}

  async of(alert: Alert, rule: AlertRule, event: AlertEvent, now: Date): Promise<AlertNotice> {
    const end = event === 'recovered' ? endOf(alert) : undefined;
    const concerned = end ? alert.syncs : alert.syncs.filter(({ recoveredAt }) => !recoveredAt);
    const titled = end === 'partly' ? concerned.filter(({ withdrawn }) => !withdrawn) : concerned;
    const connection = alert.connection === undefined ? undefined : await this.named(alert.connection);
    const title = titleOf(alert.kind, {
      count: countOf(titled),
      first: titled[0]?.name ?? '',
      connection: connection?.name,
      end,
    });
    return {
      type: `alert.${event}`,
      timestamp: now.toISOString(),
      data: {
        alert: alert._id,
        rule: { slug: rule.slug, name: rule.name },
        kind: alert.kind,
        title,
        advice: adviceOf(alert.kind, end),
        since: alert.openedAt.toISOString(),
        ...(alert.recoveredAt && { recoveredAt: alert.recoveredAt.toISOString() }),
        ...(end === 'withdrawn' && { withdrawn: true }),
        ...(connection && { connection }),
        ...listOf(alert.kind, concerned),
        url: this.urlOf(`/api/alerts/${alert._id}`),
      },
    };
  }

  /** Has the shape of all others, so that a receiver that takes it takes them. */
  test(channel: { slug: string; name: string }, now: Date): AlertNotice {
    return {
      type: 'alert.test',
      timestamp: now.toISOString(),
      data: {
        alert: newId('alr'),
        rule: { slug: channel.slug, name: channel.name },
        kind: 'test',
        title: `Test message of Millrace to the channel "${channel.name}"`,
        advice: 'Nothing is to be done: alerts arrive here.',
        since: now.toISOString(),
        syncs: [],
        syncCount: 0,
        url: this.urlOf('/api/alerts'),
      },
    };
  }

  private async named(id: string): Promise<{ id: string; name: string }> {
    try {
      return { id, name: (await this.connections.summary(id)).name };
    } catch (error) {
      if (error instanceof MillraceError && error.code === 'not_found') return { id, name: id };
      throw error;
    }
  }

  private urlOf(path: string): string {
    return this.settings.publicUrl.replace(/\/$/, '') + path;
  }
}

function endOf({ syncs }: Alert): AlertEnd {
  const withdrawn = syncs.filter((one) => one.withdrawn).length;
  if (withdrawn === 0) return 'recovered';
  return withdrawn === syncs.length ? 'withdrawn' : 'partly';
}

function listOf(
  kind: AlertKind,
  concerned: AlertedSync[],
): Pick<AlertNotice['data'], 'syncs' | 'syncCount' | 'triggers' | 'triggerCount' | 'requests' | 'requestCount'> {
  const [items, count] = [concerned.slice(0, listed).map(shown), countOf(concerned)];
  const subject = subjectOf(kind);
  if (subject === 'sync') return { syncs: items, syncCount: count };
  const others =
    subject === 'trigger' ? { triggers: items, triggerCount: count } : { requests: items, requestCount: count };
  return { syncs: [], syncCount: 0, ...others };
}

function countOf(concerned: AlertedSync[]): number {
  return concerned.reduce((sum, { count = 1 }) => sum + count, 0);
}

function shown({
  sync,
  slug,
  name,
  since,
  recoveredAt,
  run,
  code,
  count,
  message,
  withdrawn,
}: AlertedSync): NoticeItem {
  return {
    id: sync,
    ...(slug && { slug }),
    name,
    since: since.toISOString(),
    ...(recoveredAt && { recoveredAt: recoveredAt.toISOString() }),
    ...(run && { run }),
    ...(code && { code }),
    ...(count !== undefined && { count }),
    ...(withdrawn && { withdrawn }),
    message: withdrawn ? 'It is not watched any more.' : message,
  };
}
