import { Module, type OnModuleInit } from '@nestjs/common';
import { InjectModel, MongooseModule } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { Catalog } from '#catalog';
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
import { ActivityEraser, PeopleEraser, PeopleExporter, PeopleFinder } from './erasure/index.ts';
import { eventModel, eventSchema, EventWriter } from './events/index.ts';
import { orderModel, orderSchema, OrderWriter } from './orders/index.ts';
import { PeopleReader, Profiles, ProfilesController } from './people/index.ts';
import { Permissions } from './permissions/index.ts';
import { productModel, productSchema, ProductWriter } from './products/index.ts';
import { purposeModel, purposeSchema, Purposes, PurposesController } from './purposes/index.ts';
import { restrictionModel, Restrictions, restrictionSchema } from './restrictions/index.ts';
import {
  identityModel,
  identitySchema,
  nativeCollection,
  profileModel,
  profileSchema,
  ProfileStore,
} from './store/index.ts';
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
      { name: consentChoiceModel, schema: consentChoiceSchema },
      { name: purposeModel, schema: purposeSchema },
      { name: restrictionModel, schema: restrictionSchema },
    ]),
  ],
  controllers: [PurposesController, ProfilesController],
  providers: [
    ProfileStore,
    ProfileWriter,
    OrderWriter,
    EventWriter,
    ProductWriter,
    ConsentWriter,
    Purposes,
    Restrictions,
    Permissions,
    Choices,
    PeopleReader,
    Profiles,
    PeopleFinder,
    ActivityEraser,
    PeopleEraser,
    PeopleExporter,
  ],
  exports: [
    ...[Profiles, Permissions, Choices, Purposes, Restrictions],
    ...[PeopleFinder, ActivityEraser, PeopleEraser, PeopleExporter],
  ],
})
export class ProfilesModule implements OnModuleInit {
  constructor(
    private readonly catalog: Catalog,
    private readonly store: ProfileStore,
    private readonly profiles: ProfileWriter,
    private readonly orders: OrderWriter,
    private readonly events: EventWriter,
    private readonly products: ProductWriter,
    private readonly consents: ConsentWriter,
    private readonly permissions: Permissions,
    private readonly restrictions: Restrictions,
    @InjectModel(consentModel) private readonly consentModel: Model<StoredConsent>,
  ) {}

  onModuleInit(): void {
    const { store, profiles, orders, events, products, consents, permissions, restrictions } = this;
    const connector = profilesConnector({
      ...{ store, profiles, orders, events, products, consents, permissions, restrictions },
      stored: { consents: nativeCollection<StoredConsent>(this.consentModel) },
    });
    this.catalog.register(connector, 'libs/profiles', { internal: true });
  }
}
