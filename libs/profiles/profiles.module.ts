import { Module, type OnModuleInit } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { Catalog } from '#catalog';
import { profilesConnector } from './connector/index.ts';
import { consentModel, consentSchema, ConsentWriter } from './consents/index.ts';
import { eventModel, eventSchema, EventWriter } from './events/index.ts';
import { SchemasController } from './kinds/index.ts';
import { orderModel, orderSchema, OrderWriter } from './orders/index.ts';
import { PeopleReader, Profiles, ProfilesController } from './people/index.ts';
import { productModel, ProductReader, productSchema, ProductWriter } from './products/index.ts';
import { StoreScan } from './scan/index.ts';
import { identityModel, identitySchema, profileModel, profileSchema, ProfileStore } from './store/index.ts';
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
      { name: traitSettingModel, schema: traitSettingSchema },
      { name: traitSealingModel, schema: traitSealingSchema },
    ]),
  ],
  controllers: [ProfilesController, SchemasController, TraitSettingsController],
  providers: [
    ProfileStore,
    ProfileWriter,
    OrderWriter,
    EventWriter,
    ProductWriter,
    ProductReader,
    ConsentWriter,
    PeopleReader,
    Profiles,
    StoreScan,
    TraitSeal,
    TraitSealer,
    SensitiveTraits,
    TraitSettings,
  ],
  exports: [Profiles, SensitiveTraits, StoreScan, TraitSealer, TraitSettings],
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
    private readonly sensitive: SensitiveTraits,
  ) {}

  onModuleInit(): void {
    const { store, profiles, orders, events, products, consents, sensitive } = this;
    const connector = profilesConnector({ store, profiles, orders, events, products, consents, sensitive });
    this.catalog.register(connector, 'libs/profiles', { internal: true });
  }
}
