import { Schema } from 'mongoose';

export const coolDownModel = 'TriggerCoolDown';

/** That a person was reached by a trigger, and is left alone for a while. */
export interface CoolDown {
  /** `<profile>|<trigger>` */
  _id: string;
  p: string;
  /** The firing that reached the person. */
  firing: string;
  /** When it reached the person. Older ones are without. */
  since?: Date;
  until: Date;
}

export const coolDownSchema = new Schema<CoolDown>(
  {
    _id: String,
    p: { type: String, required: true },
    firing: { type: String, required: true },
    since: Date,
    until: { type: Date, required: true },
  },
  { collection: 'trigger_cool_downs', versionKey: false },
);

coolDownSchema.index({ p: 1 }); // a person's, to be erased
coolDownSchema.index({ until: 1 }, { expireAfterSeconds: 0 });
