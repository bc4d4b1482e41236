import {
  httpError,
  MillraceError,
  signingSecretOf,
  type ConnectorContext,
  type WebhookRegistration,
} from '@millrace/sdk';
import type { GithubConfig } from './config.ts';

interface Hook {
  id: number;
  active: boolean;
  events: string[];
  config: { url?: string };
}

/** https://docs.github.com/en/rest/repos/webhooks, and the same below /orgs */
export const registration: WebhookRegistration<GithubConfig> = {
  async register(ctx, url) {
    const secret = await signingSecretOf(ctx);
    const { events } = ctx.config;
    const found = await find(ctx, url);
    const body = { active: true, events, config: { url, content_type: 'json', secret, insecure_ssl: '0' } };
    if (found) await ask(ctx, 'PATCH', `${hooksOf(ctx)}/${found.id}`, body);
    else await ask(ctx, 'POST', hooksOf(ctx), { name: 'web', ...body });
  },
  async unregister(ctx, url) {
    const found = await find(ctx, url);
    if (found) await ask(ctx, 'DELETE', `${hooksOf(ctx)}/${found.id}`);
  },
  async status(ctx, url) {
    const found = await find(ctx, url);
    if (!found) return { state: 'missing', message: 'GitHub has no such webhook. Register it again.' };
    const { active, events: topics } = found;
    if (active) return { state: 'registered', topics };
    return { state: 'disabled', topics, message: 'The webhook is not active at GitHub. Register it again.' };
  },
};

/** By address; GitHub has at most 20 webhooks an event, so a page of 100 is all of them. */
async function find(ctx: ConnectorContext<GithubConfig>, url: string): Promise<Hook | undefined> {
  const hooks = (await ask(ctx, 'GET', `${hooksOf(ctx)}?per_page=100`)) as Hook[];
  return hooks.find(({ config }) => config.url === url);
}

async function ask(ctx: ConnectorContext<GithubConfig>, method: string, url: string, data?: object): Promise<unknown> {
  try {
    return (await ctx.http.request<unknown>({ method, url, data, signal: ctx.signal })).data;
  } catch (error) {
    throw httpError(error);
  }
}

function hooksOf({ config: { scope, token } }: ConnectorContext<GithubConfig>): string {
  if (scope === undefined || token === undefined)
    throw new MillraceError('invalid_config', 'To register the webhook, set `token` and `scope`.');
  return scope.includes('/') ? `/repos/${scope}/hooks` : `/orgs/${scope}/hooks`;
}
