import { describe, expect, it } from '@jest/globals';
import { recordKinds } from '../record-kinds/index.ts';
import type { JsonSchema } from '../json.ts';
import { checkTargets, type Mapping } from './index.ts';

const check =
  (mapping: Mapping, schema: JsonSchema | undefined = recordKinds.profile.schema) =>
  () =>
    checkTargets(mapping, schema);

describe('a target that the object has no field for', () => {
  it('is refused, with what may be meant', () => {
    expect(check({ 'identities.email': 'email', firstName: 'first_name' })).toThrow(
      'Mapping, target "firstName": there is no such field. There are: identities, traits. Do you mean traits.firstName?',
    );
    expect(check({ 'trait.city': 'city' })).toThrow(/Do you mean traits or traits\.trait\?/);
    expect(check({ '["traits.city"]': 'city' })).toThrow(/there is no such field/);
  });

  it('is none where it lies within a field, or the schema leaves room for others', () => {
    for (const target of ['traits.firstName', 'traits', 'identities["customer id"]', '["traits"].city'])
      expect(check({ [target]: 'x' })).not.toThrow();
    const { properties } = recordKinds.profile.schema;
    for (const schema of [
      undefined,
      {},
      { properties },
      { patternProperties: { '^x': {} }, additionalProperties: false },
    ])
      expect(check({ firstName: 'x' }, schema ?? {})).not.toThrow();
  });
});
