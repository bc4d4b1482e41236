import { describeWhere } from '#tools/testing';
import { postgresPrograms } from './postgres-programs.ts';

/** `describe` where PostgreSQL is installed. */
export const describeWithPostgres = describeWhere(() => postgresPrograms());
