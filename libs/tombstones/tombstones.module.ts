import { Global, Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { tombstoneModel, tombstoneSchema } from './tombstone.schema.ts';
import { Tombstones } from './tombstones.ts';

/** Global: every store that takes rows asks whether they are about somebody who was erased. */
@Global()
@Module({
  imports: [MongooseModule.forFeature([{ name: tombstoneModel, schema: tombstoneSchema }])],
  providers: [Tombstones],
  exports: [Tombstones],
})
export class TombstonesModule {}
