import type { Row } from '@millrace/sdk';

/** A row of the stream `profile` of the connection `profiles`. */
export const samplePerson: Row = {
  id: 'p_01JD3V7Q2M8Z5T9W4R6X1Y0KBC',
  identities: {
    email: 'ann@example.com',
    emails: ['ann@example.com'],
    phone: '+4930123456',
    phones: ['+4930123456'],
    userId: 'ann-17',
    userIds: ['ann-17'],
  },
  traits: { firstName: 'Ann', lastName: 'Archer', city: 'Berlin', country: 'Germany', language: 'de' },
  updatedAt: '2026-01-05T06:00:00.000Z',
};
