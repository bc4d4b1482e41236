import type { mongo } from 'mongoose';
import type { ServerProcess } from './server-processes.ts';

/** Runs, slices and what else decides whether work goes on, and the last lines of each process. */
export async function describeWork(db: mongo.Db, processes: ServerProcess[]): Promise<string> {
  const words = processes.map((one) => `process ${one.pid}:\n${one.lastWords()}`);
  const of = async (name: string, fields: string[]): Promise<string> => {
    const projection = Object.fromEntries(fields.map((field) => [field, 1]));
    const documents = await db.collection(name).find({}, { projection, limit: 20 }).toArray();
    return `${name}:\n${documents.map((document) => JSON.stringify(document)).join('\n')}`;
  };
  const states = await Promise.all([
    of('runs', ['state', 'active', 'epoch', 'leaseUntil', 'notBefore', 'attempts', 'error', 'reason']),
    of('slices', [
      ...['run', 'state', 'epoch', 'worker', 'leaseUntil', 'notBefore', 'attempts', 'takeovers', 'error'],
      ...['resume', 'readThrough', 'batches', 'ledger'],
    ]),
    of('batches', ['slice', 'rounds', 'notBefore', 'sending', 'repeated']),
    of('circuits', ['failures', 'until', 'message']),
  ]);
  return [new Date().toISOString(), ...states, ...words].join('\n');
}
