import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Connection, mongo } from 'mongoose';
import { connectMongo } from '#platform';
import { dropTestDatabase, testServices } from '#tools/testing';
import type { QualityCollections } from '../collections.ts';
import { QualitySchedules } from './quality-schedules.ts';
import type { QualitySchedule } from './quality-schedule.schema.ts';

const day = 86_400_000;

describe('what is done on a schedule', () => {
  let connection: Connection;
  let schedules: QualitySchedules;

  beforeAll(async () => {
    connection = await connectMongo(testServices().mongodbUri);
    const collection = connection.collection('quality_schedules') as unknown as mongo.Collection<QualitySchedule>;
    schedules = new QualitySchedules({ schedules: collection } as unknown as QualityCollections);
  });
  afterAll(async () => {
    await connection.close();
    await dropTestDatabase(testServices());
  });

  it('is done once when it is due, also if the process dies that was to begin it', async () => {
    const { nextRunAt } = await schedules.get('audit');
    const late = new Date(nextRunAt.getTime() + 200 * day); // two quarters
    let begun = 0;
    const begin = (now: Date): Promise<void> => schedules.beginDue('audit', async () => void begun++, now);
    await begin(new Date(nextRunAt.getTime() - 1));
    expect(begun).toBe(0);
    const died = new Error('killed');
    await expect(schedules.beginDue('audit', () => Promise.reject(died), late)).rejects.toBe(died);
    await begin(late);
    await begin(late);
    expect(begun).toBe(1);
    expect((await schedules.get('audit')).nextRunAt.getTime()).toBeGreaterThan(late.getTime());
  });
});
