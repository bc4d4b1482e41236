import { httpError, MillraceError, type ConnectorContext, type WebhookRegistration } from '@millrace/sdk';
import type { StripeConfig } from './config.ts';

interface Endpoint {
  id: string;
  url: string;
  status: 'enabled' | 'disabled';
  enabled_events: string[];
  /** Only in the answer to the request that made it. */
  secret?: string;
}

/** https://docs.stripe.com/api/webhook_endpoints */
export const registration: WebhookRegistration<StripeConfig> = {
  async register(ctx, url) {
    const { events, signingSecrets = [] } = ctx.config;
    const found = await find(ctx, url);
    if (found && signingSecrets.length > 0) {
      await ask(ctx, 'POST', `/v1/webhook_endpoints/${found.id}`, form(events, { disabled: 'false' }));
      return;
    }
    // Stripe tells the secret only once. An endpoint whose secret is not known is of no use to anybody.
    if (found) await ask(ctx, 'DELETE', `/v1/webhook_endpoints/${found.id}`);
    const made = (await ask(ctx, 'POST', '/v1/webhook_endpoints', form(events, { url }))) as Endpoint;
    try {
      await ctx.updateSecrets({ signingSecrets: [made.secret ?? '', ...signingSecrets].slice(0, 2) });
    } catch (error) {
      await ask(ctx, 'DELETE', `/v1/webhook_endpoints/${made.id}`);
      throw error;
    }
  },
  async unregister(ctx, url) {
    const found = await find(ctx, url);
    if (found) await ask(ctx, 'DELETE', `/v1/webhook_endpoints/${found.id}`);
  },
  async status(ctx, url) {
    const found = await find(ctx, url);
    if (!found) return { state: 'missing', message: 'Stripe has no such endpoint. Register it again.' };
    const { status, enabled_events: topics } = found;
    if (status === 'enabled') return { state: 'registered', topics };
    return { state: 'disabled', topics, message: 'The endpoint is disabled at Stripe. Register it again.' };
  },
};

async function find(ctx: ConnectorContext<StripeConfig>, url: string): Promise<Endpoint | undefined> {
  for (let after = ''; ;) {
    const page = (await ask(ctx, 'GET', `/v1/webhook_endpoints?limit=100${after}`)) as {
      data: Endpoint[];
      has_more: boolean;
    };
    const found = page.data.find((endpoint) => endpoint.url === url);
    const last = page.data.at(-1);
    if (found || !page.has_more || !last) return found;
    after = `&starting_after=${last.id}`;
  }
}

function form(events: string[], more: Record<string, string>): URLSearchParams {
  const fields = new URLSearchParams(more);
  for (const event of events) fields.append('enabled_events[]', event);
  return fields;
}

async function ask(ctx: ConnectorContext<StripeConfig>, method: string, url: string, data?: URLSearchParams) {
  if (ctx.config.apiKey === undefined)
    throw new MillraceError('invalid_config', 'To register the webhook, set `apiKey`.');
  try {
    return (await ctx.http.request<unknown>({ method, url, data, signal: ctx.signal })).data;
  } catch (error) {
    throw httpError(error);
  }
}
