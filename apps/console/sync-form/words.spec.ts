import { describe, expect, it } from '@jest/globals';
import { fieldsOf, within } from './fields-of.ts';
import { missingTargets } from './missing-targets.ts';
import { modesOf, readsOf, usualRead } from './modes.ts';
import { scheduleDraft, scheduleOf } from './schedule-draft.ts';
import { listIn, listText } from '../texts/index.ts';

describe('a list in a line', () => {
  it.each([[[]], [['shop', 'b c']], [['a, b', '"c"', ' d ', '', 'e"f', 'g\\']]])('%j comes back as it was', (list) => {
    expect(listIn(listText(list))).toEqual(list);
  });

  it('takes what people write', () => {
    expect(listIn(' shop ,, "a, b",c ')).toEqual(['shop', 'a, b', 'c']);
    expect(listIn('"a')).toEqual(['"a']);
  });
});

describe('a schedule', () => {
  it.each([
    [undefined],
    [{ every: '15m' }],
    [{ after: 'syn_1' }],
    [{ cron: '0 6 * * *' }],
    [{ cron: '0 6 * * *', timeZone: 'Europe/Berlin' }],
  ])('%j comes back as it was', (schedule) => {
    expect(scheduleOf(scheduleDraft(schedule, ''))).toEqual(schedule);
  });
});

describe('fields of a schema', () => {
  const schema = {
    properties: {
      name: {
        type: 'object',
        title: 'Full name',
        properties: { first: { title: 'First' } },
        additionalProperties: false,
      },
      'odd name': {},
      lines: { type: 'array', items: { properties: { price: {} } } },
      more: { type: ['object', 'null'] },
    },
  };

  it('are told as mappings write them', () => {
    const paths = fieldsOf(schema, true).map(({ path }) => path);
    expect(paths).toEqual(['name', 'name.first', '["odd name"]', 'lines', 'lines[*].price', 'more']);
    expect(fieldsOf(schema, false).filter(({ open }) => open)).toMatchObject([{ path: 'more' }]);
    expect(fieldsOf(undefined, true)).toEqual([]);
    expect(within('traits', 'odd name')).toBe('traits["odd name"]');
  });

  it('are missed where no row is about them', () => {
    const object = { key: ['id'], schema: { ...schema, required: ['name', 'more'] } };
    const rows = [
      { target: 'name.first', rule: 'a' },
      { target: 'moreover', rule: 'b' },
    ];
    expect(missingTargets(object, rows)).toEqual(['id', 'more']);
    expect(missingTargets(object, [])).toEqual(['id', 'name (Full name)', 'more']);
  });
});

describe('how a stream can be read', () => {
  const finite = { incremental: false, endless: false, finite: true };

  it.each([
    [finite, '', '', ['full'], 'full'],
    [finite, 'at', '', ['full', 'incremental'], 'incremental'],
    [{ ...finite, cursor: 'at' }, '', 'mirror', ['full'], 'full'],
    [{ ...finite, incremental: true, endless: true }, '', '', ['full', 'incremental', 'stream'], 'incremental'],
    [{ ...finite, endless: true, finite: false }, '', '', ['stream'], 'stream'],
  ])('%j by the cursor "%s" for the mode "%s": %j, usually %s', (stream, cursor, mode, reads, usual) => {
    expect(readsOf(stream, cursor, mode)).toEqual(reads);
    expect(usualRead(stream, cursor, mode)).toBe(usual);
  });
});

it('the modes are what all objects can do', () => {
  expect(modesOf([{ modes: ['upsert', 'delete'] }])).toEqual(['upsert', 'delete', 'mirror']);
  expect(modesOf([{ modes: ['insert', 'upsert'] }, { modes: ['upsert'] }])).toEqual(['upsert']);
  expect(modesOf([])).toEqual([]);
});
