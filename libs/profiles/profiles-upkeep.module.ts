import { Module } from '@nestjs/common';
import { ProfilesModule } from './profiles.module.ts';
import { Upkeep } from './upkeep/index.ts';

/** Keeps computed traits and audiences current in the background, in processes that work. */
@Module({ imports: [ProfilesModule], providers: [Upkeep] })
export class ProfilesUpkeepModule {}
