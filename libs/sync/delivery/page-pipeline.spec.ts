import { describe, expect, it } from '@jest/globals';
import { PagePipeline } from './page-pipeline.ts';

const keys = (...names: string[]): Set<string> => new Set(names);

describe('PagePipeline', () => {
  it('finishes pages in the order in which they began, whichever is written first', async () => {
    const pages = new PagePipeline(3);
    const finished: string[] = [];
    const first = later();
    const finish = async (name: string): Promise<void> => void finished.push(name);
    pages.begin(
      keys('1'),
      first.promise.then(() => 'first'),
      finish,
    );
    pages.begin(keys('2'), Promise.resolve('second'), finish);
    await Promise.resolve();
    expect(finished).toEqual([]);
    first.resolve();
    await pages.drain();
    expect(finished).toEqual(['first', 'second']);
    expect(pages.isEmpty).toBe(true);
  });

  it('finishes no page after one that failed, tells why, and can be used again', async () => {
    const pages = new PagePipeline(3);
    const finished: string[] = [];
    const finish = async (name: string): Promise<void> => void finished.push(name);
    pages.begin(keys('1'), Promise.resolve('first'), finish);
    pages.begin(keys('2'), Promise.reject(new Error('the second failed')), finish);
    pages.begin(keys('3'), Promise.resolve('third'), finish);
    await expect(pages.drain()).rejects.toThrow('the second failed');
    expect(finished).toEqual(['first']);
    pages.begin(keys('2'), Promise.resolve('second'), finish);
    await pages.drain();
    expect(finished).toEqual(['first', 'second']);
  });

  it('has room for so many pages, and for a key once', async () => {
    const pages = new PagePipeline(2);
    const [one, two] = [later(), later()];
    const finish = async (): Promise<void> => undefined;
    pages.begin(keys('a'), one.promise, finish);
    await pages.roomFor(keys('b'));
    const same = outcomeOf(pages.roomFor(keys('a')));
    pages.begin(keys('b'), two.promise, finish);
    const third = outcomeOf(pages.roomFor(keys('c')));
    expect([await same(), await third()]).toEqual(['waits', 'waits']);
    one.resolve();
    expect([await third(true), await same(true)]).toEqual(['there is', 'there is']);
    two.resolve();
    await pages.drain();
  });

  it('has room for so many keys, and for a page that has more of them alone', async () => {
    const pages = new PagePipeline(3, 3);
    const [one, two] = [later(), later()];
    const finish = async (): Promise<void> => undefined;
    await pages.roomFor(keys('a', 'b', 'c', 'd'));
    pages.begin(keys('a', 'b'), one.promise, finish);
    await pages.roomFor(keys('c'));
    pages.begin(keys('c'), two.promise, finish);
    const fourth = outcomeOf(pages.roomFor(keys('d')));
    const large = outcomeOf(pages.roomFor(keys('e', 'f', 'g', 'h')));
    expect(await fourth()).toBe('waits');
    one.resolve();
    expect([await fourth(true), await large()]).toEqual(['there is', 'waits']);
    two.resolve();
    expect(await large(true)).toBe('there is');
  });

  it('does not wait for a page that hangs once the work was ended', async () => {
    const pages = new PagePipeline(1);
    pages.begin(keys('a'), new Promise(() => undefined), async () => undefined);
    const work = new AbortController();
    const quiet = pages.quiet(work.signal);
    work.abort();
    await expect(quiet).resolves.toBeUndefined();
  });
});

function later(): { promise: Promise<void>; resolve: () => void } {
  let resolve: () => void = () => undefined;
  const promise = new Promise<void>((done) => (resolve = done));
  return { promise, resolve };
}

/** Whether there is room by now; `settled`: waits until there is. */
function outcomeOf(room: Promise<void>): (settled?: boolean) => Promise<string> {
  let outcome = 'waits';
  const done = room.then(() => (outcome = 'there is'));
  return async (settled = false) => {
    await (settled ? done : new Promise((resolve) => setImmediate(resolve)));
    return outcome;
  };
}
