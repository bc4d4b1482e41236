import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model, mongo } from 'mongoose';
import { plainCollection } from '#platform';
import { coolDownModel, type CoolDown } from './cool-down.schema.ts';
import { firingCountModel, type FiringCount } from './firing-count.schema.ts';
import { firingModel, type StoredFiring } from './firing.schema.ts';
import { triggerModel, type StoredTrigger } from './trigger.schema.ts';

/** The collections of triggers as the driver has them: plain objects. */
@Injectable()
export class TriggerCollections {
  readonly triggers: mongo.Collection<StoredTrigger>;
  readonly firings: mongo.Collection<StoredFiring>;
  readonly coolDowns: mongo.Collection<CoolDown>;
  readonly counts: mongo.Collection<FiringCount>;

  constructor(
    @InjectModel(triggerModel) triggers: Model<StoredTrigger>,
    @InjectModel(firingModel) firings: Model<StoredFiring>,
    @InjectModel(coolDownModel) coolDowns: Model<CoolDown>,
    @InjectModel(firingCountModel) counts: Model<FiringCount>,
  ) {
    this.triggers = plainCollection<StoredTrigger>(triggers);
    this.firings = plainCollection<StoredFiring>(firings);
    this.coolDowns = plainCollection<CoolDown>(coolDowns);
    this.counts = plainCollection<FiringCount>(counts);
  }
}
