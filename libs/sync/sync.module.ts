import { BullModule } from '@nestjs/bull';
import { Module, type OnModuleInit } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { Connections } from '#connections';
import { TombstonesModule } from '#tombstones';
import { Collections } from './collections.ts';
import { Drift } from './drift/drift.ts';
import { fieldSchema } from './drift/field.schema.ts';
import { FieldsController } from './drift/fields.controller.ts';
import { KnownFields } from './drift/known-fields.ts';
import { batchSchema } from './delivery/batch.schema.ts';
import { Batches } from './delivery/batches.ts';
import { DryRunController } from './dry-run/dry-run.controller.ts';
import { DryRun } from './dry-run/dry-run.ts';
import { circuitSchema } from './engine/push/circuit.schema.ts';
import { Circuits } from './engine/push/circuits.ts';
import { ErasedGates } from './engine/rows/erased-gates.ts';
import { RunObservers } from './engine/run-observers.ts';
import {
  destinationDeletionModel,
  destinationDeletionSchema,
  DestinationDeletions,
  KeptPeople,
  KnownPeople,
} from './erasure/index.ts';
import { handedRowModel, HandedRows, handedRowSchema, HandOver } from './hand-over/index.ts';
import { DueWork } from './queues/due-work.ts';
import { RestingWork } from './queues/resting-work.ts';
import { knownRowSchema } from './known-rows/known-row.schema.ts';
import { KnownRows } from './known-rows/known-rows.ts';
import { queueNames, WorkQueues } from './queues/work-queues.ts';
import { Workers } from './queues/workers.ts';
import { RejectsController } from './rejects/rejects.controller.ts';
import { rejectSchema } from './rejects/reject.schema.ts';
import { Rejects } from './rejects/rejects.ts';
import { RunPlans } from './runs/run-plans.ts';
import { RunProgress } from './runs/run-progress.ts';
import { runSchema } from './runs/run.schema.ts';
import { RunsController } from './runs/runs.controller.ts';
import { Runs } from './runs/runs.ts';
import { sliceSchema } from './runs/slice.schema.ts';
import { Chains } from './schedule/chains.ts';
import { Followers } from './schedule/followers.ts';
import { Reconciler } from './schedule/reconciler.ts';
import { ClockCorrection } from './schedule/clock-correction.ts';
import { Ticker } from './schedule/ticker.ts';
import { SyncSurvey } from './survey/sync-survey.ts';
import { syncSchema } from './syncs/sync.schema.ts';
import { SyncsController } from './syncs/syncs.controller.ts';
import { SyncEnds } from './syncs/sync-ends.ts';
import { SyncViews } from './syncs/sync-views.ts';
import { SyncChecks } from './syncs/sync-checks.ts';
import { SyncWays } from './syncs/sync-ways.ts';
import { SyncStore } from './syncs/sync-store.ts';
import { Syncs } from './syncs/syncs.ts';
import { watching } from './watching/index.ts';

@Module({
  imports: [
    TombstonesModule,
    BullModule.registerQueue(...Object.values(queueNames).map((name) => ({ name }))),
    MongooseModule.forFeature([
      { name: 'Sync', schema: syncSchema },
      { name: 'Run', schema: runSchema },
      { name: 'Slice', schema: sliceSchema },
      { name: 'Reject', schema: rejectSchema },
      { name: 'Field', schema: fieldSchema },
      ...watching.models,
      { name: 'Batch', schema: batchSchema },
      { name: 'KnownRow', schema: knownRowSchema },
      { name: 'Circuit', schema: circuitSchema },
      { name: destinationDeletionModel, schema: destinationDeletionSchema },
      { name: handedRowModel, schema: handedRowSchema },
    ]),
  ],
  controllers: [
    DryRunController,
    FieldsController,
    SyncsController,
    RunsController,
    RejectsController,
    ...watching.controllers,
  ],
  providers: [
    Collections,
    KnownFields,
    Drift,
    Batches,
    KnownRows,
    Circuits,
    ErasedGates,
    RunObservers,
    SyncViews,
    SyncChecks,
    SyncWays,
    SyncStore,
    Syncs,
    SyncEnds,
    Runs,
    RunPlans,
    RunProgress,
    Rejects,
    DryRun,
    DueWork,
    WorkQueues,
    RestingWork,
    Workers,
    Chains,
    Followers,
    Reconciler,
    ClockCorrection,
    Ticker,
    ...watching.providers,
    SyncSurvey,
    KnownPeople,
    KeptPeople,
    DestinationDeletions,
    HandedRows,
    HandOver,
  ],
  exports: [Syncs, SyncEnds, Runs, SyncSurvey, KnownPeople, KeptPeople, DestinationDeletions, HandOver],
})
export class SyncModule implements OnModuleInit {
  constructor(
    private readonly connections: Connections,
    private readonly syncs: Syncs,
    private readonly restingWork: RestingWork,
  ) {}

  onModuleInit(): void {
    this.connections.onRemove((connection) => this.syncs.usedBy(connection));
    this.connections.onMove((connection) => this.syncs.settleAll(connection));
    this.connections.onReconfigure((connection) => this.restingWork.wake(connection));
  }
}
