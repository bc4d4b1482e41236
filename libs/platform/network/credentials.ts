import axios, { type InternalAxiosRequestConfig } from 'axios';
import type { HttpSettings } from '@millrace/sdk';

const plainHeaders = /^(accept|accept-.*|content-type|user-agent|.*version)$/i;

/** The values in the settings of a connection that must not appear in messages. */
export function secretsIn({ headers, params, auth }: HttpSettings): string[] {
  const ofHeaders = Object.entries(headers ?? {})
    .filter(([name]) => !plainHeaders.test(name))
    .flatMap(([, value]) => [value, value.replace(/^\w+\s+/, '')]);
  const ofAuth = auth ? [auth.password, Buffer.from(`${auth.username}:${auth.password}`).toString('base64')] : [];
  const all = [...ofHeaders, ...Object.values(params ?? {}), ...ofAuth].filter((value) => value.length >= 6);
  return [...new Set(all)].sort((a, b) => b.length - a.length);
}

/**
 * Takes the connection's own credentials from a request that goes to another origin than its base URL: a `next` link of a
 * hostile or broken API must not carry them away.
 */
export function withoutForeignCredentials(
  config: InternalAxiosRequestConfig,
  settings: HttpSettings,
): InternalAxiosRequestConfig {
  if (settings.baseURL === undefined || !URL.canParse(settings.baseURL)) return config;
  const target = axios.getUri(config);
  if (!URL.canParse(target) || new URL(target).origin === new URL(settings.baseURL).origin) return config;
  for (const [name, value] of Object.entries(settings.headers ?? {})) {
    if (!plainHeaders.test(name) && config.headers.get(name) === value) config.headers.delete(name);
  }
  if (config.auth && config.auth.password === settings.auth?.password) delete config.auth;
  const params = config.params as Record<string, unknown> | undefined;
  if (params && settings.params) {
    const own = settings.params;
    config.params = Object.fromEntries(Object.entries(params).filter(([name, value]) => own[name] !== value));
  }
  return config;
}
