import type { Command } from 'commander';
import colors from 'picocolors';
import type { CheckView } from '../api/views.ts';
import { plainText } from '../output/plain-text.ts';
import { printTable } from '../output/table.ts';
import { overRest } from './session.ts';

interface StreamView {
  name: string;
  key: string[];
  cursor?: string;
  schema?: { properties?: Record<string, unknown> };
}

interface ObjectView {
  name: string;
  key: string[];
  modes: string[];
}

interface SignInView {
  url: string;
  redirectUri: string;
  expiresAt: string;
}

export function addConnections(root: Command): void {
  overRest(
    root.command('check <connection>').description('whether a connection works'),
    async ({ api, print }, connection: string) => {
      const check = await api.post<CheckView>(`${path(connection)}/check`);
      print(check, () => {
        console.log(
          check.ok
            ? colors.green('It works.')
            : `${colors.red(check.code ?? 'failed')} ${plainText(check.message ?? '')}`,
        );
      });
      if (!check.ok) process.exitCode = 1;
    },
  );

  overRest(
    root
      .command('sign-in <connection>')
      .description('a link to sign in at the vendor, for connections that act for somebody'),
    async ({ api, print }, connection: string) => {
      const link = await api.post<SignInView>(`${path(connection)}/sign-in`);
      print(link, () => {
        console.log(`Open this within ten minutes, and agree there:\n\n${colors.cyan(link.url)}\n`);
        console.log(`The vendor must know this address, to which its page leads back: ${link.redirectUri}`);
        console.log(`Then: millrace check ${connection}`);
      });
    },
  );

  overRest(
    root.command('discover <connection>').description('the streams and objects of a connection'),
    async ({ api, print }, connection: string) => {
      const streams = (await api.get<{ data: StreamView[] }>(`${path(connection)}/streams`)).data;
      const objects = (await api.get<{ data: ObjectView[] }>(`${path(connection)}/objects`)).data;
      print({ streams, objects }, () => {
        if (streams.length + objects.length === 0) console.log('It has neither streams nor objects.');
        if (streams.length > 0) {
          printTable(
            ['STREAM', 'KEY', 'CURSOR', 'FIELDS'],
            streams.map(({ name, key, cursor, schema }) => [
              name,
              key.join(', '),
              cursor ?? '',
              Object.keys(schema?.properties ?? {}).join(', '),
            ]),
          );
        }
        if (objects.length > 0)
          printTable(
            ['OBJECT', 'KEY', 'MODES'],
            objects.map(({ name, key, modes }) => [name, key.join(', '), modes.join(', ')]),
          );
      });
    },
  );
}

const path = (connection: string): string => `/api/connections/${encodeURIComponent(connection)}`;
