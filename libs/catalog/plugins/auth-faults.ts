import { configSpec, isConfigClass, isObject, type ConfigSpec } from '@millrace/sdk';
import { fault, isFunction, isText } from './shapes.ts';

const needsHttp = '`auth` needs `http`, whose `baseURL` says where tokens are sent';

/** What keeps a connector from signing in as its `auth` says. What a function says depends on a configuration, and shows with one. */
export function authFaults(auth: unknown, { config, http }: Record<string, unknown>): string[] {
  if (isFunction(auth)) return fault(isFunction(http), needsHttp);
  if (!isObject(auth) || auth.type !== 'oauth2' || !isObject(auth.client))
    return ['`auth` must be made by `oauth2({ tokenUrl, client, … })`'];
  const { tokenUrl, authorizeUrl, client, refreshToken, clientIn = 'header' } = auth;
  const spec = specOf(config);
  return [
    ...fault(
      isText(tokenUrl) || isFunction(tokenUrl),
      '`auth.tokenUrl` must be an address, or a function of the config',
    ),
    ...fault(
      authorizeUrl === undefined || isText(authorizeUrl) || isFunction(authorizeUrl),
      '`auth.authorizeUrl` must be an address, or a function of the config',
    ),
    ...fault(isFunction(http), needsHttp),
    ...fault(clientIn === 'header' || clientIn === 'body', '`auth.clientIn` must be "header" or "body"'),
    ...fault(isField(client.id, spec), '`auth.client.id` must name a field of the config'),
    ...fault(isSecret(client.secret, spec), '`auth.client.secret` must name a secret field of the config'),
    ...fault(
      refreshToken === undefined || isSecret(refreshToken, spec),
      '`auth.refreshToken` must name a secret field of the config',
    ),
  ];
}

function isField(name: unknown, spec: ConfigSpec | undefined): boolean {
  return !spec || (isText(name) && isObject(spec.schema.properties) && Object.hasOwn(spec.schema.properties, name));
}

function isSecret(name: unknown, spec: ConfigSpec | undefined): boolean {
  return !spec || (isText(name) && spec.secrets.includes(name));
}

/** Undefined for a config that cannot be used, which is told by itself. */
function specOf(config: unknown): ConfigSpec | undefined {
  try {
    return isConfigClass(config) || isObject(config) ? configSpec(config) : undefined;
  } catch {
    return undefined;
  }
}
