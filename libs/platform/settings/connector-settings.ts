import type { SettingRow } from './setting-row.ts';

/** What connectors there are, and what they may reach. */
export const connectorSettings: SettingRow[] = [
  {
    key: 'MILLRACE_FILE_ROOTS',
    property: 'fileRoots',
    type: 'paths',
    default: (production) => (production ? '' : '.'),
    defaultNote: 'none in production; the working folder otherwise',
    description: 'The only folders that connectors may read and write, after resolving links.',
    example: '/srv/imports,/srv/exports',
  },
  {
    key: 'MILLRACE_PLUGINS',
    property: 'plugins',
    type: 'list',
    default: () => '',
    description: 'Folders or packages with further connectors.',
    example: '/srv/connectors/acme,millrace-plugin-erp',
  },
  {
    key: 'MILLRACE_ALLOW_PRIVATE_ADDRESSES',
    property: 'allowPrivateAddresses',
    type: 'boolean',
    default: (production) => String(!production),
    defaultNote: 'false in production; true otherwise',
    description: 'Let connectors reach private, loopback and link-local addresses.',
    example: 'true',
  },
];
