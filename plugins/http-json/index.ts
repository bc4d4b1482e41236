import { defineConnector } from '@millrace/sdk';
import { checkApi } from './check.ts';
import { HttpJsonConfig } from './config.ts';
import { httpSettings } from './http-settings.ts';
import { signIn } from './sign-in.ts';
import { source } from './source.ts';

export default defineConnector({
  id: 'http-json',
  title: 'HTTP API (JSON)',
  description: 'Reads any paged JSON API by configuration.',
  version: '1.0.0',
  config: HttpJsonConfig,
  http: httpSettings,
  auth: signIn,
  check: checkApi,
  source,
});
