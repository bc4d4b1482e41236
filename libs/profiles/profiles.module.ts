import { Module, type OnModuleInit } from '@nestjs/common';
import { InjectModel, MongooseModule } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { Catalog } from '#catalog';
import { ActivityStore } from './activity/index.ts';
import { AudiencesController, Audiences, AudienceTrial, MembersController } from './audiences/index.ts';
import { ComputedTraits, ComputedTraitsController, MeasureWarnings } from './computed/index.ts';
import { Causes } from './causes/index.ts';
import { profilesConnector } from './connector/index.ts';
import { Choices } from './choices/index.ts';
import {
  consentChoiceModel,
  consentChoiceSchema,
  consentModel,
  consentSchema,
  ConsentWriter,
  type StoredConsent,
} from './consents/index.ts';
import {
  audienceModel,
  audienceSchema,
  computedTraitModel,
  computedTraitSchema,
  Definitions,
  definitionsHeadModel,
  definitionsHeadSchema,
} from './definitions/index.ts';
import { dueProfileModel, dueProfileSchema, DueProfiles } from './due/index.ts';
import {
  ActivityEraser,
  OldActivity,
  OnceTogether,
  OrdersOfOthers,
  PeopleEraser,
  PeopleExporter,
  PeopleFinder,
} from './erasure/index.ts';
import { eventModel, eventSchema, EventWriter } from './events/index.ts';
import {
  HistoryReach,
  historyReachModel,
  historyReachSchema,
  mergeModel,
  mergeSchema,
  partChangeModel,
  partChangeSchema,
  ProfileHistory,
} from './history/index.ts';
import { SchemasController } from './kinds/index.ts';
import { audienceChangeModel, audienceChangeSchema, Membership } from './membership/index.ts';
import { Separator, Unmerger } from './merging/index.ts';
import {
  orderDeletionModel,
  OrderDeletions,
  orderDeletionSchema,
  orderModel,
  orderSchema,
  OrderWriter,
} from './orders/index.ts';
import {
  Activity,
  PeopleReader,
  PersonViews,
  ProfileFinder,
  Profiles,
  ProfilesController,
  Timeline,
} from './people/index.ts';
import { Permissions } from './permissions/index.ts';
import { productModel, ProductReader, productSchema, ProductWriter } from './products/index.ts';
import { purposeModel, purposeSchema, PurposeChanges, Purposes, PurposesController } from './purposes/index.ts';
import {
  ConnectionData,
  ConnectionDataCounter,
  refoldModel,
  Refolds,
  RefoldsController,
  refoldSchema,
  RefoldWorker,
  SourcePrioritiesController,
} from './refolding/index.ts';
import { restrictionModel, Restrictions, restrictionSchema } from './restrictions/index.ts';
import { StoreScan } from './scan/index.ts';
import {
  BuiltInSources,
  IdentityPolicyController,
  profileSettingModel,
  ProfileSettings,
  profileSettingSchema,
} from './settings/index.ts';
import {
  identityModel,
  identitySchema,
  nativeCollection,
  profileModel,
  profileSchema,
  ProfileStore,
} from './store/index.ts';
import {
  SensitiveTraits,
  TraitSeal,
  TraitSealer,
  traitSealingModel,
  traitSealingSchema,
  traitSettingModel,
  TraitSettings,
  TraitSettingsController,
  traitSettingSchema,
} from './traits/index.ts';
import {
  ActivitySplitter,
  Chores,
  DueChore,
  Measurer,
  Refresher,
  SeparateChore,
  SlowChore,
  SplitChore,
  TellChore,
  TimeChore,
  WalkChore,
} from './upkeep/index.ts';
import { newRecordPagesModel, newRecordPagesSchema, NewRecords, ProfileWriter } from './writer/index.ts';

/** People. Registers the connector `profiles` with the catalogue. */
@Module({
  imports: [
    MongooseModule.forFeature([
      { name: profileModel, schema: profileSchema },
      { name: identityModel, schema: identitySchema },
      { name: orderModel, schema: orderSchema },
      { name: orderDeletionModel, schema: orderDeletionSchema },
      { name: eventModel, schema: eventSchema },
      { name: productModel, schema: productSchema },
      { name: consentModel, schema: consentSchema },
      { name: computedTraitModel, schema: computedTraitSchema },
      { name: audienceModel, schema: audienceSchema },
      { name: definitionsHeadModel, schema: definitionsHeadSchema },
      { name: dueProfileModel, schema: dueProfileSchema },
      { name: audienceChangeModel, schema: audienceChangeSchema },
      { name: consentChoiceModel, schema: consentChoiceSchema },
      { name: purposeModel, schema: purposeSchema },
      { name: restrictionModel, schema: restrictionSchema },
      { name: traitSettingModel, schema: traitSettingSchema },
      { name: traitSealingModel, schema: traitSealingSchema },
      { name: profileSettingModel, schema: profileSettingSchema },
      { name: partChangeModel, schema: partChangeSchema },
      { name: mergeModel, schema: mergeSchema },
      { name: historyReachModel, schema: historyReachSchema },
      { name: newRecordPagesModel, schema: newRecordPagesSchema },
      { name: refoldModel, schema: refoldSchema },
    ]),
  ],
  controllers: [
    PurposesController,
    ProfilesController,
    SchemasController,
    TraitSettingsController,
    IdentityPolicyController,
    SourcePrioritiesController,
    RefoldsController,
    ComputedTraitsController,
    AudiencesController,
    MembersController,
  ],
  providers: [
    ProfileStore,
    ActivityStore,
    BuiltInSources,
    ProfileSettings,
    HistoryReach,
    ProfileHistory,
    Causes,
    NewRecords,
    ProfileWriter,
    Unmerger,
    Separator,
    OrderDeletions,
    OrderWriter,
    EventWriter,
    ProductWriter,
    ProductReader,
    ConsentWriter,
    Purposes,
    PurposeChanges,
    Restrictions,
    Permissions,
    Choices,
    PeopleReader,
    PersonViews,
    Activity,
    ProfileFinder,
    Timeline,
    Profiles,
    Definitions,
    DueProfiles,
    Membership,
    ComputedTraits,
    MeasureWarnings,
    Audiences,
    AudienceTrial,
    Measurer,
    Refresher,
    DueChore,
    ActivitySplitter,
    SeparateChore,
    SplitChore,
    SlowChore,
    TimeChore,
    WalkChore,
    TellChore,
    Chores,
    PeopleFinder,
    ActivityEraser,
    OldActivity,
    OnceTogether,
    OrdersOfOthers,
    PeopleEraser,
    PeopleExporter,
    StoreScan,
    TraitSeal,
    TraitSealer,
    SensitiveTraits,
    TraitSettings,
    Refolds,
    ConnectionData,
    ConnectionDataCounter,
    RefoldWorker,
  ],
  exports: [
    ...[Activity, Causes, Profiles, Permissions, Choices, Purposes, Restrictions],
    ...[PeopleFinder, ActivityEraser, OldActivity, PeopleEraser, PeopleExporter],
    ...[ProfileHistory, BuiltInSources, ProfileSettings, SensitiveTraits, StoreScan, TraitSealer, TraitSettings],
    ...[Audiences, ComputedTraits, Definitions, Membership, Chores],
  ],
})
export class ProfilesModule implements OnModuleInit {
  constructor(
    private readonly catalog: Catalog,
    private readonly store: ProfileStore,
    private readonly settings: ProfileSettings,
    private readonly profiles: ProfileWriter,
    private readonly orders: OrderWriter,
    private readonly events: EventWriter,
    private readonly products: ProductWriter,
    private readonly consents: ConsentWriter,
    private readonly definitions: Definitions,
    private readonly membership: Membership,
    private readonly permissions: Permissions,
    private readonly restrictions: Restrictions,
    private readonly sensitive: SensitiveTraits,
    @InjectModel(consentModel) private readonly consentModel: Model<StoredConsent>,
  ) {}

  onModuleInit(): void {
    const { store, settings, profiles, orders, events, products, consents, permissions, restrictions, sensitive } =
      this;
    const { definitions, membership } = this;
    const connector = profilesConnector({
      ...{ store, settings, profiles, orders, events, products, consents, permissions, restrictions, sensitive },
      ...{ definitions, membership },
      stored: { consents: nativeCollection<StoredConsent>(this.consentModel) },
    });
    this.catalog.register(connector, 'libs/profiles', { internal: true });
  }
}
