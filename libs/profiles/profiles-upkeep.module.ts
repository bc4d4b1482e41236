import { Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { leaseSchema } from '#platform';
import { ProfilesModule } from './profiles.module.ts';
import { choreLeaseModel, Upkeep } from './upkeep/index.ts';

/** Keeps computed traits and audiences current in the background, in processes that work. */
@Module({
  imports: [
    ProfilesModule,
    MongooseModule.forFeature([{ name: choreLeaseModel, schema: leaseSchema('chore_leases') }]),
  ],
  providers: [Upkeep],
})
export class ProfilesUpkeepModule {}
