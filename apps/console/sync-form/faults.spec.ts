import { describe, expect, it } from '@jest/globals';
import { ApiProblem } from '../api/index.ts';
import { faultsAt, faultsOfRow } from './faults.ts';
import { lacksOf } from './lacks.ts';
import { faultsOf } from './refusal.ts';
import { settle } from './settle.ts';
import { newDraft, type OutputDraft } from './sync-draft.ts';

const outputs: OutputDraft[] = [
  {
    object: 'profile',
    rows: [
      { target: 'identities.email', rule: 'email | trm' },
      { target: 'lines', rule: '{ "each": "items", "map": { "price": "price | nmber" } }' },
    ],
  },
  { object: 'consent', rows: [{ target: 'identities.email', rule: 'email' }] },
];
const mapping = (details: object, message = 'It is wrong.') => new ApiProblem(400, 'invalid_mapping', message, details);

describe('a refusal', () => {
  it('is told at the row that it is about, until that is changed', () => {
    const rule = 'email | trm';
    const message = `Mapping, target "identities.email", rule "${rule}", column 9: there is no transform "trm".`;
    const faults = faultsOf(mapping({ target: 'identities.email', rule, column: 9 }, message), outputs);
    const row = outputs[0]!.rows[0]!;
    expect(faultsOfRow(faults, 'profile', row)).toEqual(['Column 9: there is no transform "trm".']);
    expect(faultsOfRow(faults, 'consent', outputs[1]!.rows[0]!)).toEqual([]);
    expect(faultsOfRow(faults, 'profile', { ...row, rule: 'email | trim' })).toEqual([]);
  });

  it('is told at the row of the object that it is about, of several with the same rule', () => {
    const [row, same] = [{ target: 'identities.email', rule: 'email' }, outputs[1]!];
    const both = [{ object: 'profile', rows: [row] }, same];
    const faults = faultsOf(mapping({ object: 'consent', ...row }), both);
    expect(faultsOfRow(faults, 'consent', same.rows[0]!)).toEqual(['It is wrong.']);
    expect(faultsOfRow(faults, 'profile', row)).toEqual([]);
  });

  it('of a rule within a list is told at the row of the list', () => {
    const faults = faultsOf(mapping({ target: 'lines[*].price', rule: 'price | nmber', column: 9 }), outputs);
    expect(faultsOfRow(faults, 'profile', outputs[0]!.rows[1]!)).toEqual(['It is wrong.']);
  });

  it.each([
    ['invalid_mapping', undefined, 'mapping'],
    ['invalid_schedule', undefined, 'schedule'],
    ['invalid_condition', undefined, 'filter'],
    ['stream_not_found', undefined, 'stream'],
    ['conflict', undefined, undefined],
    ['bad_request', { faults: [{ path: 'labels', message: 'labels must be short' }] }, 'labels'],
    ['bad_request', { faults: [{ path: 'slug', message: 'slug is odd' }] }, undefined],
  ] as const)('%s with %j is told at %s', (code, details, place) => {
    expect(faultsAt(faultsOf(new ApiProblem(400, code, 'No.', details), []), place)).toHaveLength(1);
  });
});

describe('what a sync lacks', () => {
  const lacks = (change: object) =>
    lacksOf(settle({ ...newDraft('', '', ''), ...change }, { connections: [] })).map(
      ({ place, message }) => `${place}: ${message}`,
    );

  it('is told before the API is asked', () => {
    expect(lacks({})).toEqual([
      'name: Give it a name.',
      'source: Choose where it reads from.',
      'object: Choose what is written.',
    ]);
  });

  it.each([
    [[{ target: 'a', rule: '' }], 'mapping: Say where the value comes from, or remove the row.'],
    [[{ target: ' ', rule: 'a' }], 'mapping: Say what it is written to.'],
    [
      [{ target: 'a', rule: '{ "value": ' }],
      'mapping: This is no JSON. Write e.g. { "value": "shop" }, or a path such as email | trim.',
    ],
    [[{ target: '', rule: '' }], 'mapping: Say what is written to x: add a target.'],
  ])('of a mapping %j: %s', (rows, told) => {
    const to = { connection: 'con_2', object: 'x' };
    const from = { connection: 'con_1', stream: 'rows', key: '', cursor: '' };
    expect(lacks({ name: 'A', from, to, outputs: [{ object: 'x', rows }] })).toEqual([told]);
  });

  it('of two rows for one target is told at both', () => {
    const rows = [
      { target: 'a', rule: 'b' },
      { target: 'a ', rule: 'c' },
    ];
    expect(lacks({ to: { connection: 'x', object: 'x' }, outputs: [{ object: 'x', rows }] }).slice(-2)).toEqual([
      'mapping: “a” is there twice.',
      'mapping: “a” is there twice.',
    ]);
  });

  it('of a schedule and a filter', () => {
    const schedule = { kind: 'every', every: ' ', cron: '', timeZone: '', after: '' };
    expect(lacks({ schedule, filter: '[]' }).slice(-2)).toEqual([
      'schedule: Say how often, e.g. 15m.',
      'filter: This is no JSON object.',
    ]);
  });
});
