import { httpError, httpStatus, MillraceError, type ConnectorContext, type WebhookRegistration } from '@millrace/sdk';
import type { HubspotConfig } from './config.ts';

interface Subscription {
  id: string;
  eventType: string;
  propertyName?: string;
  active: boolean;
}

/** The webhooks of a public app, which has one address: https://developers.hubspot.com/docs/api-reference/legacy/webhooks/guide */
export const registration: WebhookRegistration<HubspotConfig> = {
  async register(ctx, url) {
    await ask(ctx, 'PUT', 'settings', { targetUrl: url, throttling: { maxConcurrentRequests: 10 } });
    const present = await subscriptions(ctx);
    for (const topic of ctx.config.subscriptions) {
      const found = present.find((one) => topicOf(one) === topic);
      if (found?.active) continue;
      const [eventType, propertyName] = topic.split(':');
      if (found) await ask(ctx, 'PATCH', `subscriptions/${found.id}`, { active: true });
      else await ask(ctx, 'POST', 'subscriptions', { eventType, ...(propertyName && { propertyName }), active: true });
    }
  },
  async unregister(ctx, url) {
    if ((await targetUrl(ctx)) === url) await ask(ctx, 'DELETE', 'settings');
  },
  async status(ctx, url) {
    if ((await targetUrl(ctx)) !== url)
      return { state: 'missing', message: 'The app at HubSpot delivers elsewhere. Register it again.' };
    const topics = (await subscriptions(ctx)).filter(({ active }) => active).map(topicOf);
    if (topics.length > 0) return { state: 'registered', topics };
    return { state: 'disabled', topics, message: 'No subscription of the app is active. Register it again.' };
  },
};

function topicOf({ eventType, propertyName }: Subscription): string {
  return propertyName ? `${eventType}:${propertyName}` : eventType;
}

async function subscriptions(ctx: ConnectorContext<HubspotConfig>): Promise<Subscription[]> {
  return ((await ask(ctx, 'GET', 'subscriptions')) as { results: Subscription[] } | undefined)?.results ?? [];
}

/** Undefined: the app has no webhooks yet. */
async function targetUrl(ctx: ConnectorContext<HubspotConfig>): Promise<string | undefined> {
  return ((await ask(ctx, 'GET', 'settings')) as { targetUrl?: string } | undefined)?.targetUrl;
}

/** What is asked for and is not there is undefined. */
async function ask(
  ctx: ConnectorContext<HubspotConfig>,
  method: string,
  path: string,
  data?: object,
): Promise<unknown> {
  const { appId, developerKey } = ctx.config;
  if (appId === undefined || developerKey === undefined)
    throw new MillraceError('invalid_config', 'To register the webhook, set `appId` and `developerKey`.');
  const url = `/webhooks/v3/${appId}/${path}`;
  try {
    return (
      await ctx.http.request<unknown>({ method, url, data, params: { hapikey: developerKey }, signal: ctx.signal })
    ).data;
  } catch (error) {
    if (method === 'GET' && httpStatus(error) === 404) return undefined;
    throw httpError(error);
  }
}
