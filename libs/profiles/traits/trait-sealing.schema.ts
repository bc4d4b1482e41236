import { Schema } from 'mongoose';
import type { ResumableWork } from '#platform';

/** The rewriting of stored parts after a trait became sensitive, or is no more so. */
export interface TraitSealing extends ResumableWork {
  /** The trait's name. */
  _id: string;
  /** False: the values are opened. */
  seal: boolean;
  /** By then every process knows that new values are sealed (or not). */
  notBefore: Date;
  /** First the profiles, then what they were before, then what others keep of people. */
  phase: 'profiles' | 'history' | 'elsewhere';
  /** Up to where. */
  position?: string;
  /** Profiles that were looked at, and those that were rewritten. */
  looked: number;
  rewritten: number;
  startedAt: Date;
  /** What others who keep values went by when it began (trait-keeper.ts). */
  goneBy?: string;
}

export const traitSealingModel = 'TraitSealing';

export const traitSealingSchema = new Schema(
  {
    _id: String,
    seal: { type: Boolean, required: true },
    notBefore: { type: Date, required: true },
    phase: { type: String, required: true },
    position: String,
    looked: { type: Number, required: true },
    rewritten: { type: Number, required: true },
    startedAt: { type: Date, required: true },
    goneBy: String,
    holder: String,
    until: Date,
    endedAt: Date,
  },
  { collection: 'trait_sealings', versionKey: false },
);
