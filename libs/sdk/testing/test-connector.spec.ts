import { describe, expect, it } from '@jest/globals';
import { IsOptional, IsString } from 'class-validator';
import { Field, MillraceError } from '../index.ts';
import { patience } from './contract/patience.ts';
import { contractChecks, testConnector, type ContractOptions } from './index.ts';
import { firstRecord, reading } from './toy/reading.ts';
import { faultsOf } from './toy/faults-of.ts';
import { secret, ToyConfig, toyConnector, toyOptions, type ToyParts } from './toy/toy-connector.ts';

testConnector(toyConnector(), toyOptions);

class OpenSecret {
  @Field({ title: 'Password' })
  @IsString()
  @IsOptional()
  apiPassword?: string;
}

class OpenKey extends ToyConfig {
  @Field({ title: 'Access key' })
  @IsString()
  @IsOptional()
  accessKey?: string;
}

class Untitled extends ToyConfig {
  @IsString()
  @IsOptional()
  region?: string;
}

class Unbound {
  @Field({ title: 'Host' }) @IsString() host!: string;
  @Field({ title: 'Key', secret: true }) @IsString() key!: string;
}

it('asks the framework for more time than what hangs may take', () => {
  const limits: (number | undefined)[] = [];
  testConnector(toyConnector(), toyOptions, {
    describe: (_, define) => define(),
    it: (_, run, limit) => void limits.push(limit),
  });
  expect(limits).toHaveLength(contractChecks(toyConnector(), toyOptions).length);
  for (const limit of limits) expect(limit).toBeGreaterThan(patience.read);
});

describe('the kit finds', () => {
  it('tells what it looked at, and where there was nothing to look at', async () => {
    const looked: Record<string, number | void> = {};
    for (const check of contractChecks(toyConnector(), toyOptions)) looked[check.name] = await check.run();
    expect(looked).toMatchObject({
      'reads the same twice': 1,
      'reads on where an earlier run ended, losing nothing': 0,
      'subscribes, and ends when aborted': 0,
      'gives one outcome a row': 1,
    });
  });

  it('nothing in a good connector', async () => {
    expect(await faultsOf({})).toBe('');
  });

  const broken: [string, ToyParts, RegExp, Partial<ContractOptions>?][] = [
    ['an untitled field', { connector: { config: Untitled } }, /"region" has no title/],
    [
      'an open secret',
      { connector: { config: OpenSecret as never } },
      /"apiPassword" looks like a secret/,
      { config: {} },
    ],
    ['an open key', { connector: { config: OpenKey as never } }, /"accessKey" looks like a secret/, { config: {} }],
    ['unbound secrets', { connector: { config: Unbound as never } }, /"host" says where secrets are sent/],
    ['a schema that does not compile', { connector: { config: { type: 'nonsense' } } }, /schema.* cannot be compiled/],
    ['a config without rules', { connector: { config: { properties: {} } } }, /accepts null instead of an object/],
    [
      'a good config refused',
      {},
      /Parsing the good configuration failed: invalid_config: .*url/,
      { config: { apiKey: secret } },
    ],
    ['an invalid config accepted', {}, /accepts invalidConfigs\[0\]/, { invalidConfigs: [toyOptions.config] }],
    [
      'a check that fails',
      { connector: { check: () => Promise.reject(new Error('no way')) } },
      /check\(\) with the good configuration failed: no way/,
    ],
    [
      'a check that passes everything',
      { connector: { check: async () => true } },
      /check\(\) passes with the bad configuration/,
    ],
    ['bad credentials that were not given', {}, /give the kit a `badConfig`/, { badConfig: undefined }],
    [
      'an unclean failure',
      {
        connector: {
          check: ({ config }) => (config.apiKey === secret ? Promise.resolve() : Promise.reject(new TypeError('oops'))),
        },
      },
      /no MillraceError on bad credentials, but "oops"/,
    ],
    [
      'a failure of the wrong group',
      {
        connector: {
          check: async ({ config }) => {
            if (config.apiKey !== secret) throw new MillraceError('internal', 'broken');
          },
        },
      },
      /throws "internal" on bad credentials/,
    ],
    [
      'a secret in a message',
      {
        connector: {
          check: async ({ config }) => {
            if (config.apiKey !== secret)
              throw new MillraceError('authentication_failed', `${config.apiKey} was refused`);
          },
        },
      },
      /secret of the configuration appears in an error of check\(\) with bad credentials/,
    ],
    [
      'a secret in the log',
      {
        connector: {
          check: async ({ config, log }) => {
            log.info({ nested: { config } });
            if (config.apiKey !== secret) throw new MillraceError('authentication_failed', 'no');
          },
        },
      },
      /secret of the configuration appears in the log of check\(\)/,
    ],
    [
      'a secret in a page',
      reading((page, index, { config }) => (index === 0 ? firstRecord(page, { id: 1, name: config.apiKey }) : page)),
      /secret .* appears in the pages of Stream "people"/,
    ],
  ];
  for (const [name, parts, message, options] of broken) {
    it(name, async () => expect(await faultsOf(parts, options)).toMatch(message));
  }
});
