import { Schema } from 'mongoose';

export const migrationModel = 'Migration';

export const migrationSchema = new Schema(
  {
    _id: String,
    title: { type: String, required: true },
    when: { type: String, required: true },
    position: Schema.Types.Mixed,
    changed: { type: Number, required: true },
    addedAt: { type: Date, required: true },
    holder: String,
    until: Date,
    endedAt: Date,
  },
  { collection: 'migrations', versionKey: false },
);
