import { describe, expect, it } from '@jest/globals';
import { readFrom, type Page } from '../index.ts';
import type { ContractOptions } from './index.ts';
import { faultsOf } from './toy/faults-of.ts';
import { firstRecord, reading } from './toy/reading.ts';
import { toyStream, type ToyParts } from './toy/toy-connector.ts';

/** Reads the records with a greater id than what the start becomes. */
const readingAfter = (after: (from: number) => number): ToyParts['stream'] => ({
  cursor: 'id',
  async *read(ctx) {
    const from = readFrom(ctx);
    for await (const page of toyStream.read?.(ctx) ?? [])
      yield {
        resume: page.resume,
        records: page.records.filter(({ id }) => from === undefined || Number(id) > after(Number(from))),
      };
  },
});

describe('of what is declared and read, the kit finds', () => {
  it.each([
    ['that asks for changes', { cursor: 'id' }],
    ['that looks back behind a value that is left out', { ...readingAfter((from) => from), lookback: 1 }],
    ['with states of its own', { cursor: 'id', advance: () => ({ seen: 7 }) }],
  ])('nothing in a stream %s', async (_, parts) => {
    expect(await faultsOf({ stream: parts })).toBe('');
  });

  const broken: [string, ToyParts, RegExp, Partial<ContractOptions>?][] = [
    [
      'a cursor that is asked for wrongly',
      { stream: readingAfter((from) => from + 1) }, // its own record was seen, one more is skipped
      /a run that begins at \{"cursor":4\} loses 2 of 4 rows that changed then or later, first \{"id":4/,
    ],
    [
      'a cursor whose own value is left out, though other rows may share it',
      { stream: readingAfter((from) => from) },
      /a run that begins at \{"cursor":4\} loses 1 of 4 rows .*give the stream a `lookback`/,
    ],
    [
      'the same in a stream with states of its own',
      { stream: { ...readingAfter((from) => from), advance: () => ({ cursor: 7 }) } },
      /a run that begins at \{"cursor":7\} loses 1 of 1 rows .*first \{"id":7/,
    ],
    [
      'a discovery that changes',
      { connector: { source: { streams: async () => ({ [`s${Math.random()}`]: toyStream }) } } },
      /Two discoveries differ/,
    ],
    [
      'a mapping that does not compile',
      { stream: { outputs: { profile: { a: 'b | trimm' } } } },
      /mapping of output "profile" failed: .*Did you mean "trim"/,
    ],
    [
      'a target that no profile has',
      { stream: { outputs: { profile: { 'identities.$source': 'id', 'trait.city': 'city' } } } },
      /mapping of output "profile" failed: .*"trait\.city": there is no such field.*Do you mean traits/,
    ],
    [
      'an output without what every record of its kind has',
      { stream: { outputs: { event: { name: { value: 'Order Paid' } } } } },
      /output "event" makes no identities, without which every row is refused \(such as "identities\.email"\)/,
    ],
    [
      'an output with a misspelt name',
      { stream: { outputs: { profiles: { 'identities.$source': 'id' } } } },
      /has an output "profiles"\. Do you mean "profile"\?/,
    ],
    [
      'a misspelt keyword in a schema',
      { stream: { schema: { type: 'object', 'x-of-ours': 1, properties: { id: {} }, require: ['id'] } } },
      /its schema has an unknown keyword "require" \(do you mean "required"\?\), which nothing looks at/,
    ],
    [
      'a misspelt format in a schema',
      { stream: { schema: { type: 'object', properties: { id: {}, at: { type: 'string', format: 'datetime' } } } } },
      /its schema has an unknown format "datetime" \(do you mean "date-time"\?\)/,
    ],
    [
      'a read that never ends',
      {
        stream: {
          async *read() {
            for (let id = 1; ; id++) {
              yield { records: [{ id }], resume: id };
              await new Promise(setImmediate);
            }
          },
        },
      },
      /reading has not ended after 0\.1 s\. Let read\(\) end/,
      { readWithin: 100 },
    ],
    [
      'a page that comes for ever, without a pause in which a timer could tell',
      {
        stream: {
          async *read() {
            for (;;) yield { records: [{ id: 1 }], resume: 1 };
          },
        },
      },
      /the same page comes again and again, with the same `resume`\. Let read\(\) go on/,
    ],
    [
      'a read that is no generator',
      { stream: { read: (async () => [{ records: [] }]) as never } },
      /read\(\) of the stream "people" gives nothing that yields pages\. Write it as `async \*read\(ctx\)`/,
    ],
    [
      'a list that is used again',
      (() => {
        const records: Page['records'] = [];
        return reading((page) => (records.splice(0, Infinity, ...page.records), { records, resume: page.resume }));
      })(),
      /a list or a record that it has yielded before/,
    ],
    ['what is no page', reading(() => undefined as never), /yields something that is undefined, not a page/],
    ['a page without records', reading(() => ({}) as never), /yields something that has no list of records/],
    [
      'a resume of a kind that JSON does not know',
      reading((page) => ({ ...page, resume: 5n as never })),
      /resume that JSON changes: resume is a bigint/,
    ],
    [
      'a time that is none',
      reading((page) => ({ ...page, times: { records: page.records.map(() => 'yesterday') } })),
      /tells the time "yesterday"/,
    ],
    ['a cursor that is nowhere', { stream: { cursor: 'updated' } }, /the cursor "updated", which no record has/],
    [
      'a cursor of two kinds',
      { stream: { ...reading((page, index) => (index ? page : firstRecord(page, { id: '1' }))).stream, cursor: 'id' } },
      /the cursor "id" as string and number/,
    ],
    [
      'a cursor that cannot be compared',
      {
        stream: {
          ...reading((page) => firstRecord(page, { id: Number(page.resume) - 1, on: true })).stream,
          cursor: 'on',
        },
      },
      /the cursor "on" as boolean/,
    ],
    ['a stream that cannot be read', { stream: { read: undefined } }, /neither read\(\) nor subscribe\(\)/],
    ['a bad key path', { stream: { key: 'a b' } }, /the path "a b" failed/],
    ['an object without a key', { object: { key: undefined } }, /can upsert, but has no key/],
    ['an object without modes', { object: { modes: [] } }, /has no modes/],
    [
      'a key that comes twice',
      reading((page, index) => (index === 1 ? firstRecord(page, { id: 1 }) : page)),
      /yields the key \[1\] twice/,
    ],
    [
      'a record without key',
      reading((page, index) => (index === 1 ? firstRecord(page, { name: 'x' }) : page)),
      /a record without its key \(id\)/,
    ],
    ['positions that do not match', reading((page) => ({ ...page, positions: ['x'] })), /has 1 positions for 2 rows/],
    [
      'a resume that JSON changes',
      reading((page) => ({ ...page, resume: new Date() as never })),
      /resume that JSON changes/,
    ],
    [
      'a record with a Date',
      reading((page, index) => (index === 0 ? firstRecord(page, { id: 1, at: new Date(0) }) : page)),
      /not plain data: at is a Date/,
    ],
    [
      'an unknown reject code',
      reading((page) => ({ ...page, rejects: [{ raw: 1, position: 'x', code: 'nope' as never, message: 'm' }] })),
      /unknown code "nope"/,
    ],
    [
      'a deletion without its key',
      reading((page) => ({ ...page, deletes: [[]] })),
      /deletion whose key has not the 1 values/,
    ],
    [
      'a record outside the schema',
      reading((page, index) => (index === 0 ? firstRecord(page, { id: 1, name: 5 }) : page)),
      /does not fit its schema: name must be string/,
    ],
    [
      'other rows at the second read',
      reading((page, index) => (index === 0 ? firstRecord(page, { id: Math.random() + 100 }) : page)),
      /reading it again gives other rows/,
    ],
    [
      'a resume that loses rows',
      reading((page) => ({ ...page, resume: Number(page.resume) + 1 })),
      /going on after page 1 of 4 loses 1 of 5 rows/,
    ],
    [
      'a resume that repeats rows',
      reading((page) => ({ ...page, resume: Number(page.resume) - 1 })),
      /going on after page 1 of 4 repeats or adds 1 rows/,
    ],
    ['an empty stream', { stream: { read: async function* () {} } }, /reads nothing, so nothing is tested/],
    [
      'a single page',
      {
        stream: {
          read: async function* () {
            yield { records: [{ id: 1 }] };
          },
        },
      },
      /yields one page only/,
    ],
    [
      'a read that ignores its signal',
      { stream: { read: (ctx) => toyStream.read!({ ...ctx, signal: new AbortController().signal }) } },
      /yields \d more pages after its signal was aborted/,
    ],
    [
      'a read that hangs after an abort',
      {
        stream: {
          async *read(ctx) {
            yield* toyStream.read?.({ ...ctx, signal: new AbortController().signal }) ?? [];
            if (ctx.signal.aborted) await new Promise(() => undefined);
          },
        },
      },
      /still waits 200 ms after its signal was aborted/,
    ],
    ['an unknown stream in the options', {}, /has no stream "poeple"/, { streams: { poeple: {} } }],
  ];
  for (const [name, parts, message, options] of broken) {
    it(name, async () => expect(await faultsOf(parts, options)).toMatch(message));
  }
});
