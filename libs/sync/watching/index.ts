import type { ModelDefinition } from '@nestjs/mongoose';
import type { Provider, Type } from '@nestjs/common';
import { LineageEndpoint } from './lineage/lineage-endpoint.ts';
import { LineageNames } from './lineage/lineage-names.ts';
import { LineageOutbox } from './lineage/lineage-outbox.ts';
import { LineageSender } from './lineage/lineage-sender.ts';
import { RunLineage } from './lineage/run-lineage.ts';
import { toldRunModel, toldRunSchema } from './lineage/told-run.schema.ts';
import { RunLogController } from './log/run-log.controller.ts';
import { runLogLineSchema, runLogSizeSchema } from './log/run-log.schema.ts';
import { RunLogStore } from './log/run-log-store.ts';
import { RunLogWriter } from './log/run-log-writer.ts';
import { RunStory } from './log/run-story.ts';
import { FleetMetrics } from './metrics/fleet-metrics.ts';
import { MetricsController } from './metrics/metrics.controller.ts';
import { RunMetrics } from './metrics/run-metrics.ts';
import { OverviewController } from './overview/overview.controller.ts';
import { Overviews } from './overview/overview.ts';
import { Retention } from './retention/retention.ts';
import { RunTraces } from './traces/run-traces.ts';
import { TrendController } from './trend/trend.controller.ts';
import { Trends } from './trend/trends.ts';
import { QueueDepths } from './queues/queue-depths.ts';
import { paceSchema } from './progress/pace.schema.ts';
import { PaceRecorder } from './progress/pace-recorder.ts';
import { ProgressReader } from './progress/progress-reader.ts';

/** What the module of the engine takes in, so that runs can be watched. */
export const watching: { models: ModelDefinition[]; providers: Provider[]; controllers: Type[] } = {
  models: [
    { name: 'Pace', schema: paceSchema },
    { name: 'RunLogLine', schema: runLogLineSchema },
    { name: 'RunLogSize', schema: runLogSizeSchema },
    { name: toldRunModel, schema: toldRunSchema },
  ],
  providers: [
    PaceRecorder,
    ProgressReader,
    RunLogStore,
    RunLogWriter,
    RunStory,
    RunMetrics,
    RunTraces,
    RunLineage,
    LineageEndpoint,
    LineageNames,
    LineageOutbox,
    LineageSender,
    FleetMetrics,
    Trends,
    Overviews,
    Retention,
    QueueDepths,
  ],
  controllers: [RunLogController, MetricsController, TrendController, OverviewController],
};
