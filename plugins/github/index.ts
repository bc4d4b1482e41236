import { defineConnector, httpError, webhookStreams } from '@millrace/sdk';
import { GithubConfig } from './config.ts';
import { streams } from './streams.ts';
import { webhooks } from './webhooks.ts';

export default defineConnector({
  id: 'github',
  title: 'GitHub',
  description: 'What happens in a repository or an organisation, as it happens.',
  version: '1.0.0',
  config: GithubConfig,
  http: ({ apiUrl, token }) => ({
    baseURL: apiUrl,
    headers: {
      accept: 'application/vnd.github+json',
      'x-github-api-version': '2022-11-28',
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
    },
  }),
  async check({ config, http, signal }) {
    if (config.token === undefined) return; // nobody to ask: GitHub speaks first
    const { scope = '' } = config;
    const path = scope === '' ? '/rate_limit' : scope.includes('/') ? `/repos/${scope}` : `/orgs/${scope}`;
    try {
      await http.get(path, { signal });
    } catch (error) {
      throw httpError(error);
    }
  },
  webhooks,
  source: { streams: webhookStreams(webhooks, streams) },
});
