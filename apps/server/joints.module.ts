import { Global, Module } from '@nestjs/common';
import type { TemplateRenderer } from '@millrace/sdk';
import { Connections } from '#connections';
import {
  CONNECTION_NAMES,
  ContentModule,
  describeTemplates,
  FEEDS,
  Impact,
  MappingTemplates,
  type ConnectionNames,
  type Feeds,
} from '#content';
import { DRIFT_AFFECTS, MAPPING_RENDERER, SyncEnds, SyncModule, type DriftAffects } from '#sync';
import { connectionNames } from './connection-names.ts';
import { contentFeeds } from './content-feeds.ts';

/**
 * Where libs that do not know each other meet: the engine renders in content's sandbox, previews name the connections,
 * lint and impact know what the syncs feed, drift knows which templates it reaches.
 */
@Global()
@Module({
  imports: [ContentModule, SyncModule],
  providers: [
    {
      provide: MAPPING_RENDERER,
      inject: [MappingTemplates],
      useFactory:
        (templates: MappingTemplates): TemplateRenderer =>
        (requests) =>
          templates.render(requests),
    },
    {
      provide: CONNECTION_NAMES,
      inject: [Connections],
      useFactory: (connections: Connections): ConnectionNames => connectionNames(connections),
    },
    { provide: FEEDS, inject: [SyncEnds], useFactory: (syncs: SyncEnds): Feeds => contentFeeds(syncs) },
    {
      provide: DRIFT_AFFECTS,
      inject: [Impact],
      useFactory:
        (impact: Impact): DriftAffects =>
        async ({ connection }, written) => {
          if (connection !== 'profiles') return undefined;
          const { data, next } = await impact.templatesFedBy(written, 20);
          return data.length === 0 ? undefined : `${describeTemplates(data, next !== null)} what it feeds.`;
        },
    },
  ],
  exports: [MAPPING_RENDERER, CONNECTION_NAMES, FEEDS, DRIFT_AFFECTS],
})
export class JointsModule {}
