import { oauth2, type OAuth2 } from '@millrace/sdk';
import type { ShopifyConfig } from './config.ts';

/** Of apps of the Dev Dashboard: https://shopify.dev/docs/apps/build/dev-dashboard/get-api-access-tokens. Those made in the admin have a token for good. */
export function signIn({ shopUrl, clientId, accessToken }: ShopifyConfig): OAuth2<ShopifyConfig> | undefined {
  if (shopUrl === undefined || clientId === undefined || accessToken !== undefined) return undefined;
  return oauth2({
    tokenUrl: new URL('/admin/oauth/access_token', shopUrl).href,
    client: { id: 'clientId', secret: 'clientSecrets' },
    clientIn: 'body',
    header: 'X-Shopify-Access-Token',
  });
}
