import { describe, expect, it } from '@jest/globals';
import { IsInt, IsOptional, IsString, Max } from 'class-validator';
import { configSpec, Field } from './index.ts';

class ShopConfig {
  @Field({ title: 'Host', bindsSecrets: true })
  @IsString()
  host!: string;

  @Field({ title: 'TLS', bindsSecrets: true, place: false })
  @IsOptional()
  @IsString()
  tls?: string;

  @Field({ title: 'Database', place: true })
  @IsOptional()
  @IsString()
  database?: string;

  @Field({ title: 'Token', secret: true })
  @IsString()
  token!: string;

  @Field({ title: 'Page size' })
  @IsInt()
  @Max(100)
  pageSize: number = 50;

  @Field({ title: 'Region' })
  @IsOptional()
  @IsString()
  region?: string;
}

describe('configSpec of a class', () => {
  const spec = configSpec(ShopConfig);

  it('gives the schema of the form', () => {
    expect(spec.schema).toMatchObject({
      required: ['host', 'token'],
      additionalProperties: false,
      properties: { token: { title: 'Token', 'x-secret': true }, pageSize: { default: 50, maximum: 100 } },
    });
    expect([spec.secrets, spec.bindsSecrets]).toEqual([['token'], ['host', 'tls']]);
    expect(spec.places).toEqual(['host', 'database']);
  });

  it('completes a good configuration', () => {
    expect(spec.parse({ host: 'h', token: 't' })).toMatchObject({ host: 'h', token: 't', pageSize: 50 });
  });

  it.each([
    null,
    'text',
    [],
    { host: 'h' },
    { host: 'h', token: 't', pageSize: 500 },
    { host: 'h', token: 't', extra: 1 },
  ])('refuses %j, naming faults and no value', (input) => {
    expect(() => spec.parse(input)).toThrow(expect.objectContaining({ code: 'invalid_config' }));
  });
});

describe('configSpec of a JSON Schema', () => {
  const spec = configSpec<{ auth: object; size: number }>({
    type: 'object',
    properties: {
      size: { type: 'integer', default: 5 },
      auth: {
        oneOf: [
          { type: 'object', properties: { key: { type: 'string', airbyte_secret: true } }, required: ['key'] },
          { type: 'object', properties: { login: { properties: { password: { type: 'string', 'x-secret': true } } } } },
        ],
      },
    },
    required: ['auth'],
  });

  it('finds secrets in every branch', () => expect(spec.secrets).toEqual(['auth.key', 'auth.login.password']));

  it('completes a copy, and names faults', () => {
    const input = { auth: { login: {} } };
    expect(() => spec.parse({})).toThrow(/must have required property 'auth'/);
    expect(spec.parse(input)).toEqual({ auth: { login: {} }, size: 5 });
    expect(input).not.toHaveProperty('size');
  });
});

describe('configSpec of a class whose fields class-validator does not know', () => {
  class Unchecked {
    @Field({ title: 'Host' })
    @IsString()
    host!: string;

    @Field({ title: 'Token', secret: true })
    token!: string;
  }

  class Bare {
    token!: string;
  }

  it('names the field, and what is missing', () => {
    expect(() => configSpec(Unchecked)).toThrow(
      expect.objectContaining({
        code: 'invalid_connector',
        message: expect.stringMatching(/field "token" of the class Unchecked has @Field, but .* such as @IsString\(\)/),
      }),
    );
  });

  it('is a configuration without fields, where none is described', () => {
    expect(configSpec(Bare).parse({})).toEqual(new Bare());
    expect(() => configSpec(Bare).parse({ token: 'x' })).toThrow(
      /not valid: token is no field of Bare, which declares none\. A field has @Field and a decorator/,
    );
  });
});
