import { Module, type OnModuleInit } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { Catalog } from '#catalog';
import { profilesConnector } from './connector/index.ts';
import { consentModel, consentSchema, ConsentWriter } from './consents/index.ts';
import { eventModel, eventSchema, EventWriter } from './events/index.ts';
import { mergeModel, mergeSchema, partChangeModel, partChangeSchema, ProfileHistory } from './history/index.ts';
import { Unmerger } from './merging/index.ts';
import { orderModel, orderSchema, OrderWriter } from './orders/index.ts';
import { PeopleReader, ProfileFinder, Profiles, ProfilesController, Timeline } from './people/index.ts';
import { productModel, productSchema, ProductWriter } from './products/index.ts';
import {
  ConnectionData,
  refoldModel,
  Refolds,
  RefoldsController,
  refoldSchema,
  RefoldWorker,
  SourcePrioritiesController,
} from './refolding/index.ts';
import {
  IdentityPolicyController,
  profileSettingModel,
  ProfileSettings,
  profileSettingSchema,
} from './settings/index.ts';
import { identityModel, identitySchema, profileModel, profileSchema, ProfileStore } from './store/index.ts';
import { ProfileWriter } from './writer/index.ts';

/** People. Registers the connector `profiles` with the catalogue. */
@Module({
  imports: [
    MongooseModule.forFeature([
      { name: profileModel, schema: profileSchema },
      { name: identityModel, schema: identitySchema },
      { name: orderModel, schema: orderSchema },
      { name: eventModel, schema: eventSchema },
      { name: productModel, schema: productSchema },
      { name: consentModel, schema: consentSchema },
      { name: profileSettingModel, schema: profileSettingSchema },
      { name: partChangeModel, schema: partChangeSchema },
      { name: mergeModel, schema: mergeSchema },
      { name: refoldModel, schema: refoldSchema },
    ]),
  ],
  controllers: [ProfilesController, IdentityPolicyController, SourcePrioritiesController, RefoldsController],
  providers: [
    ProfileStore,
    ProfileSettings,
    ProfileHistory,
    ProfileWriter,
    Unmerger,
    OrderWriter,
    EventWriter,
    ProductWriter,
    ConsentWriter,
    PeopleReader,
    ProfileFinder,
    Timeline,
    Profiles,
    Refolds,
    ConnectionData,
    RefoldWorker,
  ],
  exports: [Profiles, ProfileHistory, ProfileSettings],
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
  ) {}

  onModuleInit(): void {
    const { store, settings, profiles, orders, events, products, consents } = this;
    const connector = profilesConnector({ store, settings, profiles, orders, events, products, consents });
    this.catalog.register(connector, 'libs/profiles', { internal: true });
  }
}
