import type { SettingRow } from './setting-row.ts';

/** The keys of this installation, and where they are kept. */
export const keySettings: SettingRow[] = [
  {
    key: 'MILLRACE_DATA_DIR',
    property: 'dataDir',
    type: 'path',
    default: () => '.millrace',
    description: 'Where the embedded services and the generated master key live.',
    example: '/var/lib/millrace',
  },
  {
    key: 'MILLRACE_MASTER_KEY',
    property: 'masterKey',
    type: 'text',
    defaultNote: 'required in production; otherwise made once and kept in `<data dir>/master.key`',
    description: 'The key that secrets are sealed with: 32 bytes in base64 (`openssl rand -base64 32`).',
    example: 'the output of openssl rand -base64 32',
    secret: true,
  },
  {
    key: 'MILLRACE_OLD_MASTER_KEYS',
    property: 'oldMasterKeys',
    type: 'list',
    default: () => '',
    description:
      'Former master keys, newest first. They still open what they sealed; new secrets use the current key. Keep the oldest: lookup hashes in the database are made with it.',
    example: 'the former key',
    secret: true,
  },
  {
    key: 'MILLRACE_ADMIN_KEY',
    property: 'adminKey',
    type: 'text',
    defaultNote: 'one is made and printed at the first start',
    description: 'An API key with role admin that always works: at least 24 characters.',
    example: 'the output of openssl rand -hex 24',
    secret: true,
  },
];
