import { expect, it } from '@jest/globals';
import { configSpec } from '@millrace/sdk';
import { FileConfig } from './config.ts';

it('tells files apart by their paths', () => {
  expect(configSpec(FileConfig).places).toEqual(['path', 'recordsPath', 'output']);
});
