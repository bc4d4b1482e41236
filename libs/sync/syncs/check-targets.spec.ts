import { describe, expect, it } from '@jest/globals';
import type { JsonSchema, Mapping } from '@millrace/sdk';
import { kinds } from '#profiles';
import { checkTargets } from './check-targets.ts';

const check =
  (mapping: Mapping, schema: JsonSchema | undefined = kinds.profile.schema) =>
  () =>
    checkTargets({ object: 'profile', mapping, definition: { schema } });

describe('a target that the object has no field for', () => {
  it('is refused, with what may be meant', () => {
    expect(check({ 'identities.email': 'email', firstName: 'first_name' })).toThrow(
      'Object "profile": Mapping, target "firstName": there is no such field. There are: identities, traits. Do you mean traits.firstName?',
    );
    expect(check({ 'trait.city': 'city' })).toThrow(/Do you mean traits or traits\.trait\?/);
    expect(check({ '["traits.city"]': 'city' })).toThrow(/there is no such field/);
  });

  it('is none where it lies within a field, or the schema leaves room for others', () => {
    for (const target of ['traits.firstName', 'traits', 'identities["customer id"]', '["traits"].city'])
      expect(check({ [target]: 'x' })).not.toThrow();
    const { properties } = kinds.profile.schema;
    for (const schema of [
      undefined,
      {},
      { properties },
      { patternProperties: { '^x': {} }, additionalProperties: false },
    ])
      expect(check({ firstName: 'x' }, schema ?? {})).not.toThrow();
  });
});
