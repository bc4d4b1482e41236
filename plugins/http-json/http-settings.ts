import type { HttpSettings } from '@millrace/sdk';
import type { HttpJsonConfig } from './config.ts';

export function httpSettings(config: HttpJsonConfig): HttpSettings {
  const { baseUrl, rate, headers } = config;
  const { headers: own, ...credentials } = credentialsOf(config);
  return { baseURL: baseUrl, rate, ...credentials, headers: { ...headers, ...own } };
}

function credentialsOf(config: HttpJsonConfig): Pick<HttpSettings, 'headers' | 'params' | 'auth'> {
  const { auth, token = '', tokenName = '', username = '', password = '' } = config;
  switch (auth) {
    case 'none':
    case 'oauth2':
      return {};
    case 'bearer':
      return { headers: { authorization: `Bearer ${token}` } };
    case 'basic':
      return { auth: { username, password } };
    case 'header':
      return { headers: { [tokenName]: token } };
    case 'query':
      return { params: { [tokenName]: token } };
  }
}
