import { Module, type OnModuleInit } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { Catalog } from '#catalog';
import { TombstonesModule } from '#tombstones';
import { landingConnector } from './connector/index.ts';
import { DatasetCounter, Datasets } from './datasets/index.ts';
import { LandedPeople } from './erasure/index.ts';
import { LandingController } from './http/landing.controller.ts';
import { LandedRows, RowHistory } from './query/index.ts';
import { OldLandedRows } from './retention/index.ts';
import { SchemaOnRead } from './schema-on-read/index.ts';
import {
  datasetModel,
  datasetSchema,
  landedRowModel,
  landedRowSchema,
  landedVersionModel,
  landedVersionSchema,
  LandingStore,
} from './store/index.ts';
import { HistoryWriter, LandingWriter } from './writer/index.ts';

/** Raw rows. Registers the connector `landing` with the catalogue. */
@Module({
  imports: [
    TombstonesModule,
    MongooseModule.forFeature([
      { name: landedRowModel, schema: landedRowSchema },
      { name: landedVersionModel, schema: landedVersionSchema },
      { name: datasetModel, schema: datasetSchema },
    ]),
  ],
  controllers: [LandingController],
  providers: [
    LandingStore,
    Datasets,
    DatasetCounter,
    HistoryWriter,
    LandingWriter,
    LandedRows,
    RowHistory,
    SchemaOnRead,
    LandedPeople,
    OldLandedRows,
  ],
  exports: [Datasets, LandedPeople, OldLandedRows],
})
export class LandingModule implements OnModuleInit {
  constructor(
    private readonly catalog: Catalog,
    private readonly store: LandingStore,
    private readonly datasets: Datasets,
    private readonly writer: LandingWriter,
  ) {}

  onModuleInit(): void {
    const { store, datasets, writer } = this;
    this.catalog.register(landingConnector({ store, datasets, writer }), 'libs/landing', { internal: true });
  }
}
