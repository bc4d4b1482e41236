import { benchCollect } from './collect/collect.ts';
import { benchContent } from './content/content.ts';
import { benchLoad } from './load/load.ts';
import { benchMemory } from './memory/memory.ts';
import { benchPeople } from './people/people.ts';
import { benchPush } from './push/push.ts';
import { benchScale } from './scale/scale.ts';

const benches: Record<string, (args: string[]) => Promise<void>> = {
  collect: benchCollect,
  content: benchContent,
  load: benchLoad,
  memory: benchMemory,
  people: benchPeople,
  push: benchPush,
  scale: benchScale,
};

// So that what the benchmark has started ends with it.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));

const [name = '', ...args] = process.argv.slice(2);
const bench = Object.hasOwn(benches, name) ? benches[name] : undefined;
if (bench) await bench(args);
else {
  console.error(`Usage: npm run bench -- <name>, where <name> is one of: ${Object.keys(benches).join(', ')}`);
  process.exitCode = 2;
}
