import { expect, it } from '@jest/globals';
import { validateSync } from 'class-validator';
import { IsTime } from './is-time.ts';

class Query {
  @IsTime() since: unknown;
}
const faultsOf = (since: unknown) =>
  validateSync(Object.assign(new Query(), { since })).flatMap(({ constraints = {} }) => Object.values(constraints));

it.each(['2025', '2025-03', '2025-03-01', '2025-03-01T09:00Z', '2025-03-01T09:00:00.123+02:00'])('takes %s', (text) =>
  expect(faultsOf(text)).toEqual([]),
);

it.each(['2099-W01', '2099-W01-2', '2099-060', '2099-012', '20990301', '2025-02-30', '1 March 2025', '', 0, null])(
  'refuses %p, and says how a time is written',
  (text) => expect(faultsOf(text)).toEqual([expect.stringContaining('since must be an ISO time such as')]),
);
