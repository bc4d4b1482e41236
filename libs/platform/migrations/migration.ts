import type { Json } from '@millrace/sdk';
import type { Connection } from 'mongoose';
import type { Signer } from '../crypto/index.ts';
import type { ResumableWork } from '../work/index.ts';

export interface MigrationStep {
  /** Where the next step goes on; absent: all is done. */
  position?: Json;
  /** How many documents were changed. */
  changed: number;
}

/** A change of stored documents. Once released it stays as it is: what comes later is a migration of its own. */
export interface Migration {
  /** Counts from 1 over all libs, without gaps. */
  number: number;
  title: string;
  /** `start`: before the server serves anything. `background`: while it works, so the code has to understand documents of before. */
  when: 'start' | 'background';
  /** One bounded step, which may be repeated: a page of a big collection by an indexed range, from where the former step ended. */
  step(connection: Connection, position: Json | undefined, signer: Signer): Promise<MigrationStep>;
}

/** What ran, kept for good. */
export interface MigrationRecord extends ResumableWork {
  /** The number, so that ids sort: `0001`. */
  _id: string;
  title: string;
  when: Migration['when'];
  position?: Json;
  /** Documents. */
  changed: number;
  /** When a server that brings it was first started. */
  addedAt: Date;
}

export function migrationId(number: number): string {
  return String(number).padStart(4, '0');
}
