import { Global, Module } from '@nestjs/common';
import type { TemplateRenderer } from '@millrace/sdk';
import { CollectedPeople, CollectModule, SENSITIVE_NAMES, type SensitiveNames } from '#collect';
import { Connections } from '#connections';
import {
  CONNECTION_NAMES,
  ContentModule,
  describeTemplates,
  SUPPLIES,
  Impact,
  MappingTemplates,
  UNSUBSCRIBE_LINKS,
  type ConnectionNames,
  type Supplies,
  type UnsubscribeLinksFor,
} from '#content';
import { PrivacyModule, UnsubscribeLinks } from '#privacy';
import {
  CONNECTION_IDS,
  parseIdentity,
  ProfilesModule,
  ProfileSettings,
  TRAIT_KEEPER,
  type ConnectionIds,
  type TraitKeeper,
} from '#profiles';
import {
  DRIFT_AFFECTS,
  MAPPING_RENDERER,
  PEOPLE_NAMES,
  SyncEnds,
  SyncModule,
  type DriftAffects,
  type PeopleNames,
} from '#sync';
import { CollectedNames } from './collected-names.ts';
import { connectionNames } from './connection-names.ts';
import { contentSupplies } from './content-supplies.ts';
import { peopleNames } from './people-names.ts';

/**
 * Where libs that do not know each other meet: the engine renders in content's sandbox, previews name the connections,
 * lint and impact know what the syncs supply, test mails carry links to unsubscribe, drift knows which templates it reaches, the engine knows
 * whom rows name, what was collected of people is sealed as their profiles are, and what a connection said is found by its slug.
 */
@Global()
@Module({
  imports: [CollectModule, ContentModule, PrivacyModule, ProfilesModule, SyncModule],
  providers: [
    CollectedNames,
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
    {
      provide: CONNECTION_IDS,
      inject: [Connections],
      useFactory:
        (connections: Connections): ConnectionIds =>
        async (slug) =>
          (await connections.find(slug))?.id,
    },
    {
      provide: UNSUBSCRIBE_LINKS,
      inject: [UnsubscribeLinks],
      useFactory:
        (links: UnsubscribeLinks): UnsubscribeLinksFor =>
        (address, channel, purpose) =>
          links.make({ identity: parseIdentity(`email:${address}`), channel, purpose }),
    },
    { provide: SUPPLIES, inject: [SyncEnds], useFactory: (syncs: SyncEnds): Supplies => contentSupplies(syncs) },
    {
      provide: PEOPLE_NAMES,
      inject: [ProfileSettings],
      useFactory: (settings: ProfileSettings): PeopleNames => peopleNames(settings),
    },
    {
      provide: SENSITIVE_NAMES,
      inject: [CollectedNames],
      useFactory: (names: CollectedNames): SensitiveNames => names.sensitive,
    },
    {
      provide: TRAIT_KEEPER,
      inject: [CollectedPeople, CollectedNames],
      useFactory: (people: CollectedPeople, names: CollectedNames): TraitKeeper => ({
        follow: (position) => people.follow(position),
        goesBy: () => names.goesBy(),
      }),
    },
    {
      provide: DRIFT_AFFECTS,
      inject: [Impact],
      useFactory:
        (impact: Impact): DriftAffects =>
        async ({ connection }, written) => {
          if (connection !== 'profiles') return undefined;
          const { data, next } = await impact.templatesSuppliedBy(written, 20);
          return data.length === 0 ? undefined : `${describeTemplates(data, next !== null)} what it feeds.`;
        },
    },
  ],
  exports: [
    ...[MAPPING_RENDERER, CONNECTION_NAMES, SUPPLIES, UNSUBSCRIBE_LINKS, PEOPLE_NAMES, DRIFT_AFFECTS],
    ...[SENSITIVE_NAMES, TRAIT_KEEPER, CONNECTION_IDS],
  ],
})
export class JointsModule {}
