/** What each type of channel wants to know, in the server's words: a test holds the two together. */
export const channelSchemas = {
  email: {
    type: 'object',
    properties: {
      to: { type: 'array', items: { type: 'string' }, title: 'To', examples: [['on-call@example.com']] },
      from: { type: 'string', title: 'From', description: 'Default: the setting MILLRACE_MAIL_FROM.' },
      smtp: {
        type: 'string',
        title: 'Mail server',
        description: 'smtp:// or smtps:// with user and password. Default: the setting MILLRACE_SMTP_URL.',
        'x-secret': true,
      },
    },
    required: ['to'],
  },
  slack: {
    type: 'object',
    properties: {
      url: {
        type: 'string',
        title: 'Address',
        description: 'Whoever knows it may post: it is kept as a secret.',
        'x-secret': true,
      },
    },
    required: ['url'],
  },
  webhook: {
    type: 'object',
    properties: {
      url: { type: 'string', title: 'Address', examples: ['https://example.com/hooks/millrace'] },
      secret: {
        type: 'string',
        title: 'Signing secret',
        description: 'whsec_ and 24 to 64 bytes in base64. Without: messages are not signed.',
        'x-secret': true,
      },
    },
    required: ['url'],
  },
};
