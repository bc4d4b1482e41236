import { expect, it } from '@jest/globals';
import { configSpec } from '@millrace/sdk';
import { PostgresConfig } from './config.ts';

it('tells a database from another by host, port and name, not by how it is reached', () => {
  expect(configSpec(PostgresConfig).places).toEqual(['host', 'port', 'database']);
});
