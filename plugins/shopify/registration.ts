import { askGraphql, MillraceError, type ConnectorContext, type WebhookRegistration } from '@millrace/sdk';
import type { ShopifyConfig } from './config.ts';

interface Subscription {
  id: string;
  topic: string;
  uri: string;
}

interface Changed {
  userErrors: { message: string }[];
}

/** A subscription a topic: https://shopify.dev/docs/api/admin-graphql/latest/mutations/webhookSubscriptionCreate */
export const registration: WebhookRegistration<ShopifyConfig> = {
  async register(ctx, url) {
    const present = await find(ctx, url);
    const wanted = ctx.config.topics.map(constantOf);
    for (const topic of wanted.filter((one) => !present.some((known) => known.topic === one)))
      await change(ctx, create, { topic, url });
    for (const { id, topic } of present) if (!wanted.includes(topic)) await change(ctx, remove, { id });
  },
  async unregister(ctx, url) {
    for (const { id } of await find(ctx, url)) await change(ctx, remove, { id });
  },
  async status(ctx, url) {
    const topics = (await find(ctx, url)).map(({ topic }) => topic);
    const missing = ctx.config.topics.map(constantOf).filter((topic) => !topics.includes(topic));
    if (topics.length === 0)
      return { state: 'missing', message: 'Shopify has no such subscription. Register it again.' };
    if (missing.length === 0) return { state: 'registered', topics };
    return { state: 'registered', topics, message: `Not subscribed: ${missing.join(', ')}. Register it again.` };
  },
};

const list = `query ($after: String) {
  webhookSubscriptions(first: 100, after: $after) {
    nodes { id topic uri }
    pageInfo { hasNextPage endCursor }
  }
}`;
const create = `mutation ($topic: WebhookSubscriptionTopic!, $url: String!) {
  changed: webhookSubscriptionCreate(topic: $topic, webhookSubscription: { uri: $url, format: JSON }) {
    userErrors { message }
  }
}`;
const remove = `mutation ($id: ID!) { changed: webhookSubscriptionDelete(id: $id) { userErrors { message } } }`;

/** `orders/create` in the Admin API. */
function constantOf(topic: string): string {
  return topic.replace('/', '_').toUpperCase();
}

async function find(ctx: ConnectorContext<ShopifyConfig>, url: string): Promise<Subscription[]> {
  const found: Subscription[] = [];
  for (let after: string | null = null; ;) {
    const page: { nodes: Subscription[]; pageInfo: { hasNextPage: boolean; endCursor: string } } = (
      await ask<{
        webhookSubscriptions: { nodes: Subscription[]; pageInfo: { hasNextPage: boolean; endCursor: string } };
      }>(ctx, list, { after })
    ).webhookSubscriptions;
    found.push(...page.nodes.filter(({ uri }) => uri === url));
    if (!page.pageInfo.hasNextPage) return found;
    after = page.pageInfo.endCursor;
  }
}

async function change(ctx: ConnectorContext<ShopifyConfig>, mutation: string, variables: object): Promise<void> {
  const { changed } = await ask<{ changed: Changed }>(ctx, mutation, variables);
  const [first] = changed.userErrors;
  if (first) throw new MillraceError('remote_rejected', `Shopify refuses the subscription: ${first.message}`);
}

async function ask<T>(ctx: ConnectorContext<ShopifyConfig>, query: string, variables: object): Promise<T> {
  const { shopUrl, clientId, accessToken, apiVersion } = ctx.config;
  if (shopUrl === undefined || (clientId ?? accessToken) === undefined)
    throw new MillraceError('invalid_config', 'To register the webhook, set `shopUrl` and `clientId`.');
  return askGraphql<T>(ctx, { path: `/admin/api/${apiVersion}/graphql.json`, query, variables });
}
