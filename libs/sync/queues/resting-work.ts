import { Injectable } from '@nestjs/common';
import { Collections } from '../collections.ts';
import { DueWork } from './due-work.ts';
import { WorkQueues } from './work-queues.ts';

/** Work that rests because one of its connections did not work. */
@Injectable()
export class RestingWork {
  constructor(
    private readonly collections: Collections,
    private readonly due: DueWork,
    private readonly queues: WorkQueues,
  ) {}

  /** The connection was corrected: what rests because of it is tried at once. Whom the other side asked to wait waits on. */
  async wake(connection: string): Promise<void> {
    const { runs, slices } = this.collections;
    const concerned = { $or: [{ 'plan.from.connection': connection }, { 'plan.to.connection': connection }] };
    const resting = {
      'error.connection': connection,
      'error.code': { $ne: 'rate_limited' as const },
      notBefore: { $gt: new Date() },
    };
    for await (const { _id: run } of runs.find({ active: true, ...concerned }, { projection: { _id: 1 } })) {
      const wokenSlices = await slices.updateMany(
        { run, state: 'pending', ...resting },
        { $unset: { notBefore: '' }, $inc: { epoch: 1 } }, // the former epoch's job is in the queue already, for later
      );
      if (wokenSlices.modifiedCount > 0) await this.queues.addSlices(await this.due.slicesOf(run));
      const wokenRun = await runs.updateOne({ _id: run, active: true, ...resting }, { $unset: { notBefore: '' } });
      if (wokenRun.modifiedCount > 0) await this.queues.addRun(run);
    }
  }
}
