import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { expectExact, undisturbed, type Calm } from './testing/expect-exact.ts';
import { Installation } from './testing/installation.ts';
import { people } from './testing/shop.ts';
import { pageSize } from './testing/syncs.ts';

let mill: Installation;
let calm: Calm;

beforeAll(async () => {
  mill = await Installation.start(1);
  mill.source.rows = { people: people(6 * pageSize) };
  calm = await undisturbed(mill, 'people');
}, 900_000);
afterAll(() => mill?.stop());

const gone = { lose: () => mill.mongodb.kill(), back: () => mill.mongodb.start() };
const still = { lose: () => mill.mongodb.stall(), back: () => mill.mongodb.goOn() };

it.each([
  ['is away', gone],
  ['stands still', still],
])(
  'a worker that is told to stop while MongoDB %s ends well, and another one goes on',
  async (_, mongodb) => {
    await mill.clean('people');
    const [worker] = mill.workers.alive;
    let ended: Promise<string | undefined> | undefined;
    const lose = async (): Promise<string | undefined> => {
      await mongodb.lose();
      return worker?.end();
    };
    mill.source.script = async ({ page }) => {
      if (page === 3) await (ended ??= lose());
    };
    const runs = await mill.begin('people');
    expect(await mill.until('the worker has ended', async () => ended)).toBe('with exit code 0');
    await mongodb.back();
    await mill.workers.be(1);
    await expectExact(mill, await mill.untilEnded(runs), calm);
  },
  900_000,
);
