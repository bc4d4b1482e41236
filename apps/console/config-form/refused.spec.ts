import { describe, expect, it } from '@jest/globals';
import { ApiProblem } from '../api/index.ts';
import { refusedBy } from './refused.ts';

const schema = { properties: { host: { type: 'string' } } };
const problem = (code: string, details?: object) => new ApiProblem(400, code, 'What the server says.', details);

describe('why a connection was not saved', () => {
  it('is nothing where it was', () => {
    expect(refusedBy(undefined, schema).words).toBeUndefined();
  });

  it('is told at the fields of the connection, and at those of its configuration', () => {
    const faults = [{ path: 'slug', message: 'must be lower case' }];
    expect(refusedBy(problem('bad_request', { faults }), schema)).toMatchObject({
      slug: ['must be lower case'],
      config: [],
    });
    const inConfig = [{ path: 'host', message: 'is no host' }];
    expect(refusedBy(problem('invalid_config', { faults: inConfig }), schema)).toMatchObject({
      config: inConfig,
      words: 'It is not right yet: correct what is marked.',
    });
  });

  it('is said in words where the form has no such field', () => {
    const faults = [{ path: 'port', message: 'should not exist' }];
    expect(refusedBy(problem('invalid_config', { faults }), schema).words).toContain('port: should not exist.');
    expect(refusedBy(problem('conflict'), schema).words).toBe('What the server says.');
  });

  it('is told at the address and at the secrets that would go there', () => {
    const { config } = refusedBy(problem('secrets_required', { changed: ['host'], secrets: ['password'] }), schema);
    expect(config.map(({ path }) => path)).toEqual(['host', 'password']);
  });
});
