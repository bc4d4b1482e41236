import { describe, expect, it } from '@jest/globals';
import { compileSchema } from './index.ts';

describe('compileSchema', () => {
  it('lists every fault with its path', () => {
    const validate = compileSchema({
      type: 'object',
      properties: { person: { type: 'object', properties: { email: { type: 'string', format: 'email' } } } },
      required: ['id'],
      additionalProperties: false,
    });
    expect(validate({ id: 1, person: { email: 'ann@x.com' } })).toEqual([{ path: 'id', message: 'is not known here' }]);
    expect(validate({ person: { email: 'no' } })).toEqual([
      { path: '', message: "must have required property 'id'" },
      { path: 'person.email', message: 'must match format "email"' },
    ]);
  });

  it('fills in defaults when asked to', () => {
    const schema = { type: 'object', properties: { size: { type: 'integer', default: 5 } } };
    const [plain, filled] = [{}, {}];
    expect(compileSchema(schema)(plain)).toEqual([]);
    expect(compileSchema(schema, { defaults: true })(filled)).toEqual([]);
    expect([plain, filled]).toEqual([{}, { size: 5 }]);
  });

  it('reads schemas of other drafts', () => {
    expect(compileSchema({ $schema: 'http://json-schema.org/draft-07/schema#', type: 'string' })('x')).toEqual([]);
  });

  it('refuses what is no schema', () => {
    expect(() => compileSchema({ type: 'nonsense' })).toThrow(expect.objectContaining({ code: 'invalid_connector' }));
  });
});
