import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { parse, type CollectionTag, type ScalarTag } from 'yaml';
import * as aws from './aws/index.ts';
import { functionSettings } from './core/index.ts';
import * as google from './google/index.ts';

const deploy = join(import.meta.dirname, '../../deploy');
const text = (file: string): string => readFileSync(join(deploy, file), 'utf8');

/** CloudFormation's short forms, such as `!Ref`. */
const names = ['Ref', 'Sub', 'GetAtt', 'If', 'Not', 'Equals'];
const scalarTags = names.map((name): ScalarTag => ({ tag: `!${name}`, resolve: (value) => ({ [name]: value }) }));
const listTags = names.map((name): CollectionTag => ({ tag: `!${name}`, collection: 'seq' }));

interface Resource {
  Type: string;
  Condition?: string;
  Properties: Record<string, unknown>;
}

describe('the SAM template', () => {
  const template = parse(text('aws/template.yaml'), { customTags: [...scalarTags, ...listTags] }) as {
    Conditions: object;
    Resources: Record<string, Resource>;
  };
  const of = (type: string): Resource[] => Object.values(template.Resources).filter(({ Type }) => Type === type);

  it('deploys the handler that there is, from where it is built to, with the settings that it knows', () => {
    const [{ Properties: properties = {} } = {}] = of('AWS::Serverless::Function');
    const [module, handler] = String(properties.Handler).split('.');
    expect(module).toBe('index');
    expect(Object.keys(aws)).toContain(handler);
    expect(resolve(deploy, 'aws', String(properties.CodeUri))).toBe(join(import.meta.dirname, 'dist/aws'));
    const { Variables } = properties.Environment as { Variables: Record<string, unknown> };
    const known = {
      MILLRACE_URL: 'https://x.example',
      MILLRACE_WRITE_KEY: 'k',
      MILLRACE_API_KEY: 'k',
      MILLRACE_SYNC: 's',
    };
    expect(functionSettings(known)).toMatchObject({ task: { kind: 'trigger' } });
    const read = readFileSync(join(import.meta.dirname, 'core/settings.ts'), 'utf8');
    for (const name of Object.keys(Variables)) expect(read).toContain(name);
  });

  it('lets each source deliver again only what failed, on conditions that there are', () => {
    const mappings = of('AWS::Lambda::EventSourceMapping');
    expect(mappings).toHaveLength(2);
    for (const { Properties, Condition } of mappings) {
      expect(Properties.FunctionResponseTypes).toEqual(['ReportBatchItemFailures']);
      expect(Object.keys(template.Conditions)).toContain(Condition);
    }
  });
});

describe('the gcloud script', () => {
  it('is a script that parses, and deploys functions that there are', () => {
    execFileSync('bash', ['-n', join(deploy, 'gcloud/deploy.sh')]);
    const points = [...text('gcloud/deploy.sh').matchAll(/--entry-point=(\w+)/g)].map(([, name]) => name);
    expect(points).toEqual(['http', 'cloudEvent']);
    expect(Object.keys(google)).toEqual(expect.arrayContaining(points));
  });
});
