import type { SettingRow } from './setting-row.ts';

/** What mails are made with, and sent by. */
export const mailSettings: SettingRow[] = [
  {
    key: 'MILLRACE_SMTP_URL',
    property: 'smtpUrl',
    type: 'text',
    description:
      'The mail server for alerts by e-mail and for test mails: `smtp://` or `smtps://`, with user and password. It may have a private address.',
    example: 'smtps://millrace:password@mail.example.com:465',
    secret: true,
  },
  {
    key: 'MILLRACE_MAIL_FROM',
    property: 'mailFrom',
    type: 'text',
    description: 'The address that mails about alerts and test mails come from.',
    example: 'millrace@example.com',
  },
  {
    key: 'MILLRACE_TEST_RECIPIENTS',
    property: 'testRecipients',
    type: 'list',
    default: () => '',
    defaultNote: 'nobody',
    description:
      'Whom test mails may go to: addresses, and domains (`@example.com`) of which every address may get them. Domains below a domain are not meant.',
    example: 'ann@example.com,@test.example.com',
  },
  {
    key: 'MILLRACE_TEMPLATE_HMAC_SECRET',
    property: 'templateHmacSecret',
    type: 'text',
    defaultNote: 'none: mails that call them fail, and say so',
    description:
      "What `hmacSHA1` and `hmacSHA256` in templates sign with, as Iterable's HMAC secret of a project. Whoever writes templates can have anything signed with it, so use it for nothing else.",
    example: 'the output of openssl rand -hex 24',
    secret: true,
  },
];
