import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Connection, mongo } from 'mongoose';
import { dropTestDatabase, testServices } from '#tools/testing';
import { connectMongo, ensureIndexes, plainCollection } from '../mongo/index.ts';
import { Leases, leaseSchema, type Lease } from './index.ts';

const start = new Date('2024-05-01T00:00:00.000Z');
const after = (seconds: number): Date => new Date(start.getTime() + seconds * 1_000);

describe('Leases', () => {
  let connection: Connection;
  let stored: mongo.Collection<Lease>;
  beforeAll(async () => {
    connection = await connectMongo(testServices().mongodbUri);
    stored = plainCollection<Lease>(connection.model<Lease>('TestLease', leaseSchema('test_leases')));
    await ensureIndexes(connection);
  });
  beforeEach(() => stored.deleteMany({}));
  afterAll(async () => {
    await connection.close();
    await dropTestDatabase(testServices());
  });

  it('give a name to one process at a time, and each name by itself', async () => {
    const [one, other] = [new Leases(stored), new Leases(stored)];
    expect(await one.take('tell', start)).toBe(true);
    expect(await other.take('tell', after(1))).toBe(false);
    expect(await other.take('walk', after(1))).toBe(true);
    expect(await stored.find().sort({ _id: 1 }).toArray()).toEqual([
      { _id: 'tell', holder: expect.any(String), until: after(30) },
      { _id: 'walk', holder: expect.any(String), until: after(31) },
    ]);
  });

  it('are renewed by whoever has them, and go over when that process was silent for a term', async () => {
    const [one, other] = [new Leases(stored, 10_000), new Leases(stored, 10_000)];
    await one.take('tell', start);
    expect(await one.take('tell', after(9))).toBe(true);
    expect(await other.take('tell', after(18))).toBe(false);
    expect(await other.take('tell', after(19))).toBe(true);
    expect(await one.take('tell', after(20))).toBe(false);
  });

  it('that somebody took whose clock ran ahead hold nobody up', async () => {
    const [one, other] = [new Leases(stored), new Leases(stored)];
    await one.take('tell', after(86_400));
    expect(await other.take('tell', start)).toBe(true);
    expect(await one.take('tell', after(1))).toBe(false);
  });

  it('are given back by whoever has them, and by nobody else', async () => {
    const [one, other] = [new Leases(stored), new Leases(stored)];
    await one.take('tell', start);
    await other.release('tell');
    expect(await other.take('tell', start)).toBe(false);
    await one.release('tell');
    expect(await other.take('tell', start)).toBe(true);
    expect(await one.take('tell', start)).toBe(false);
  });

  it('go to one of many that ask at once, whether somebody had them before or not', async () => {
    for (const now of [start, after(60)]) {
      const taken = await Promise.all(Array.from({ length: 8 }, () => new Leases(stored).take('tell', now)));
      expect(taken.filter(Boolean)).toEqual([true]);
    }
  });
});
