import { Injectable } from '@nestjs/common';
import { MillraceError } from '@millrace/sdk';
import { DestinationDeletions } from '#sync';
import { waitFor, type Step, type Wait, type Work } from '../work.ts';

const pause = 300_000;

/** Every destination that has got the person by a sync is told to delete them; one that is down is asked again until the request is due. */
@Injectable()
export class TellDestinations implements Step {
  readonly name = 'destinations';

  constructor(private readonly deletions: DestinationDeletions) {}

  async run(work: Work): Promise<Wait | undefined> {
    const { request, now } = work;
    let failure: string | undefined;
    for (let open = await this.deletions.open(request._id); open.length > 0;) {
      failure = undefined;
      for (const group of open) {
        try {
          await work.told(await this.deletions.tell(request._id, group));
        } catch (error) {
          if (!(error instanceof MillraceError) || error.code === 'lease_lost') throw error;
          failure = error.message;
          if (now >= request.dueAt) await work.told(await this.deletions.giveUp(request._id, group, failure));
        }
      }
      open = await this.deletions.open(request._id);
      if (failure !== undefined && now < request.dueAt)
        return waitFor(now, pause, `A destination cannot be told yet: ${failure}`);
    }
    return undefined;
  }
}
