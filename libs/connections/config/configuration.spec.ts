import { describe, expect, it } from '@jest/globals';
import { configSpec, Field, type MillraceError } from '@millrace/sdk';
import { IsOptional, IsString } from 'class-validator';
import { changedConfiguration, newConfiguration, parsed } from './configuration.ts';
import type { JsonObject } from './split-secrets.ts';

class AcmeConfig {
  @Field({ title: 'Base URL', bindsSecrets: true }) @IsString() baseUrl: string = 'https://acme.example';
  @Field({ title: 'API key', secret: true }) @IsString() apiKey!: string;
  @Field({ title: 'Proxy password', secret: true }) @IsOptional() @IsString() proxyPassword?: string;
  @Field({ title: 'Folder' }) @IsOptional() @IsString() folder?: string;
}
const acme = configSpec(AcmeConfig);
const before = newConfiguration(acme, { apiKey: 'k3y', folder: 'a' });

/** Two ways to sign in, as manifests have them. */
const branches = configSpec({
  type: 'object',
  properties: {
    auth: {
      oneOf: [
        branch('key', 'apiKey'),
        branch('password', 'password'),
        { type: 'object', properties: { type: { const: 'none' } }, required: ['type'], additionalProperties: false },
      ],
    },
  },
  required: ['auth'],
});

function branch(type: string, secret: string) {
  const properties = { type: { const: type }, [secret]: { type: 'string', airbyte_secret: true } };
  return { type: 'object', properties, required: ['type', secret], additionalProperties: false };
}

function codeOf(work: () => unknown): string | undefined {
  try {
    work();
    return undefined;
  } catch (error) {
    return (error as MillraceError).code;
  }
}

describe('a new configuration', () => {
  it('is kept in two parts', () => {
    expect(before).toEqual({ config: { folder: 'a' }, secrets: { apiKey: 'k3y' } });
    expect(parsed(acme, before)).toMatchObject({ baseUrl: 'https://acme.example', apiKey: 'k3y', folder: 'a' });
  });

  it('must be valid, secrets included', () => {
    const inputs: JsonObject[] = [{}, { apiKey: null }, { apiKey: '' }, { apiKey: 17 }, { apiKey: 'k', strange: 1 }];
    for (const input of inputs) {
      expect(codeOf(() => newConfiguration(acme, input))).toBe('invalid_config');
    }
  });
});

describe('a changed configuration', () => {
  it('keeps secrets that are null or absent', () => {
    const inputs: JsonObject[] = [{ folder: 'b' }, { folder: 'b', apiKey: null }];
    for (const input of inputs) {
      expect(changedConfiguration(acme, before, input, 'replace')).toEqual({
        config: { folder: 'b' },
        secrets: { apiKey: 'k3y' },
      });
    }
  });

  it('takes new secrets, and clears those given as empty', () => {
    const two = changedConfiguration(acme, before, { apiKey: 'new', proxyPassword: 'p' }, 'patch');
    expect(two.secrets).toEqual({ apiKey: 'new', proxyPassword: 'p' });
    expect(changedConfiguration(acme, two, { proxyPassword: '' }, 'patch').secrets).toEqual({ apiKey: 'new' });
    expect(codeOf(() => changedConfiguration(acme, before, { apiKey: '' }, 'patch'))).toBe('invalid_config');
  });

  it('is merged by a patch and replaced otherwise', () => {
    const from = newConfiguration(acme, { apiKey: 'k3y', folder: 'a', baseUrl: 'https://x.example' });
    expect(changedConfiguration(acme, from, { folder: null }, 'patch').config).toEqual({
      baseUrl: 'https://x.example',
    });
    expect(changedConfiguration(acme, from, { baseUrl: 'https://x.example' }, 'replace').config).toEqual({
      baseUrl: 'https://x.example',
    });
  });

  it('asks for every secret again when it would go somewhere else', () => {
    const two = changedConfiguration(acme, before, { proxyPassword: 'p' }, 'patch');
    const elsewhere = { baseUrl: 'https://evil.example' };
    expect(codeOf(() => changedConfiguration(acme, before, elsewhere, 'patch'))).toBe('secrets_required');
    expect(codeOf(() => changedConfiguration(acme, before, { ...elsewhere, apiKey: null }, 'replace'))).toBe(
      'secrets_required',
    );
    expect(codeOf(() => changedConfiguration(acme, two, { ...elsewhere, apiKey: 'k3y' }, 'patch'))).toBe(
      'secrets_required',
    );
    const moved = changedConfiguration(acme, two, { ...elsewhere, apiKey: 'new', proxyPassword: '' }, 'patch');
    expect(moved.secrets).toEqual({ apiKey: 'new' });
  });

  it('counts a default that is written out as no change', () => {
    const same = changedConfiguration(acme, before, { baseUrl: 'https://acme.example' }, 'patch');
    expect(same.secrets).toEqual({ apiKey: 'k3y' });
  });

  it('cannot fall back to the default with the old secrets', () => {
    const from = newConfiguration(acme, { apiKey: 'k3y', baseUrl: 'https://x.example' });
    expect(codeOf(() => changedConfiguration(acme, from, {}, 'replace'))).toBe('secrets_required');
  });

  it('leaves the secrets of another way to sign in behind', () => {
    const byKey = newConfiguration(branches, { auth: { type: 'key', apiKey: 'k3y' } });
    expect(byKey).toEqual({ config: { auth: { type: 'key' } }, secrets: { 'auth.apiKey': 'k3y' } });
    const byPassword = changedConfiguration(branches, byKey, { auth: { type: 'password', password: 'p' } }, 'patch');
    expect(byPassword).toEqual({ config: { auth: { type: 'password' } }, secrets: { 'auth.password': 'p' } });
    expect(changedConfiguration(branches, byKey, { auth: { type: 'none' } }, 'replace').secrets).toEqual({});
    expect(codeOf(() => changedConfiguration(branches, byKey, { auth: { type: 'password' } }, 'replace'))).toBe(
      'invalid_config',
    );
  });
});
