import { Global, Module } from '@nestjs/common';
import type { TemplateRenderer } from '@millrace/sdk';
import { Connections } from '#connections';
import { CONNECTION_NAMES, ContentModule, MappingTemplates, type ConnectionNames } from '#content';
import { MAPPING_RENDERER } from '#sync';
import { connectionNames } from './connection-names.ts';

/** Where libs that do not know each other meet: the engine renders in content's sandbox, previews name the connections. */
@Global()
@Module({
  imports: [ContentModule],
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
  ],
  exports: [MAPPING_RENDERER, CONNECTION_NAMES],
})
export class JointsModule {}
