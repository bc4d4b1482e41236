import { describe, expect, it } from '@jest/globals';
import { MillraceError, type LaneLag } from '../index.ts';
import { faultsOf } from './toy/faults-of.ts';
import type { ToyParts } from './toy/toy-connector.ts';

describe('endless streams', () => {
  const endless = (parts: { lane?: string; ignoreLanes?: boolean; deaf?: boolean; lag?: LaneLag }): ToyParts => ({
    stream: {
      read: undefined,
      ...(parts.lag && { lag: async () => ({ a: parts.lag ?? {} }) }),
      async *subscribe({ lanes, signal }) {
        for (let offset = parts.ignoreLanes ? 0 : Number(lanes.a ?? 0); offset < 3; offset++) {
          yield { records: [{ id: offset }], lane: parts.lane, resume: offset + 1 };
        }
        if (parts.deaf) await new Promise(() => undefined);
        if (!signal.aborted) await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
      },
    },
  });
  const options = { streams: { people: { records: 3 } } };

  it('pass when they go on by lane and end with the signal', async () => {
    expect(await faultsOf(endless({ lane: 'a' }), options)).toBe('');
    expect(await faultsOf(endless({ lane: 'a', lag: { records: 0, seconds: 0.5 } }), options)).toBe('');
  });

  it.each([
    [{}, /a page without lane or resume/],
    [
      { lane: 'a', ignoreLanes: true },
      /going on after page 1 of 3: lane "a" should give \{"id":1\} and gives \{"id":0\}/,
    ],
    [{ lane: 'a', deaf: true }, /still waits 200 ms/],
    [{ lane: 'a', lag: { records: -1 } }, /lag\(\) of lane "a" is \{"records":-1\}/],
  ])('%j fails', async (parts, message) => {
    expect(await faultsOf(endless(parts), options)).toMatch(message);
  });
});

describe('endless streams with lanes', () => {
  const log = [1, 2, 3, 4, 5, 6, 7, 8].map((offset) => ({ lane: offset % 2 ? 'odd.1' : '$even', offset }));
  let subscriptions = 0;
  const parts = (own: { losesAfterRestart?: boolean; alternates?: boolean; latecomer?: () => void }): ToyParts => ({
    stream: {
      read: undefined,
      async *subscribe({ lanes, signal }) {
        const turned = own.alternates && ++subscriptions % 2 === 0;
        const rows = turned ? log.toSorted((a, b) => (b.lane < a.lane ? -1 : 1)) : log;
        const lost = own.losesAfterRestart && Object.keys(lanes).length > 0 ? 2 : 0;
        for (const { lane, offset } of rows) {
          if (offset > Number(lanes[lane] ?? 0) + lost) yield { records: [{ id: offset }], lane, resume: offset };
        }
        if (!signal.aborted) await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
      },
      ...(own.latecomer && { commit: commitOf(own.latecomer), revoke: async () => undefined }),
    },
  });
  const commitOf = (latecomer: () => void) => {
    let commits = 0;
    return async (): Promise<void> => {
      if (++commits > 1) latecomer();
    };
  };
  const options = { streams: { people: { records: 4 } } };

  it('pass when a late commit is refused as one', async () => {
    const refuse = (): never => {
      throw new MillraceError('lane_lost', 'Somebody else has it.');
    };
    expect(await faultsOf(parts({ latecomer: refuse }), options)).toBe('');
    expect(await faultsOf(parts({ latecomer: () => undefined }), options)).toBe('');
  });

  it('pass when another lane comes first another time', async () => {
    const changing = parts({ alternates: true, latecomer: () => undefined });
    expect(await faultsOf(changing, { streams: { people: { records: 8 } } })).toBe('');
  });

  it('fail when rows are lost, or when a late commit breaks them', async () => {
    expect(await faultsOf(parts({ losesAfterRestart: true }), options)).toMatch(
      /lane .* should give \{"id":\d\} and gives/,
    );
    const broken = (): never => {
      throw new Error('no such consumer');
    };
    expect(await faultsOf(parts({ latecomer: broken }), options)).toMatch(/after revoke\(\) failed: no such consumer/);
  });
});
