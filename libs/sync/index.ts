/** Syncs, runs and the engine that carries them out. */
export { SyncModule } from './sync.module.ts';
export { syncMigrations } from './migrations.ts';
export { MAPPING_RENDERER } from './mapping-renderer.ts';
export { SyncEnds, type WritingSync } from './syncs/sync-ends.ts';
export { Syncs, type SyncRemovalGuard } from './syncs/syncs.ts';
export { DRIFT_AFFECTS, type DriftAffects } from './drift/drift-affects.ts';
export type { SyncView } from './syncs/sync-views.ts';
export type { FieldDrift } from './drift/field-drift.ts';
export { lagOf, type Lag } from './lag/lag.ts';
export { Runs } from './runs/runs.ts';
export { RunResponse } from './runs/run.response.ts';
export type { Run, RunState } from './runs/run.schema.ts';
export { serveQueueBoard } from './watching/board/queue-board.ts';
export type { EffectCounts, Ledger } from './runs/ledger.ts';
export { isWhole } from './runs/run.schema.ts';
export { SyncSurvey, type ActiveRun, type EndedRun, type SurveyedSync } from './survey/sync-survey.ts';
export {
  DestinationDeletions,
  KeptPeople,
  KnownPeople,
  PEOPLE_NAMES,
  rejectedTexts,
  type KnownThere,
  type NameReader,
  type PeopleNames,
  type ReadKeys,
  type ToldDestination,
} from './erasure/index.ts';
export { replayOrder } from './rejects/replay-order.migration.ts';
export { isDeleted } from './known-rows/known-row.schema.ts';
export { HandOver, type HandOverPlan } from './hand-over/index.ts';
export { checkCron } from './schedule/check-schedule.ts';
export { nextRunAt } from './schedule/next-run.ts';
