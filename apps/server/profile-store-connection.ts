import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Connections } from '#connections';
import { BuiltInSources } from '#profiles';

/** Makes the profile store a connection like any other, so that the engine needs no special case for it. */
@Injectable()
export class ProfileStoreConnection implements OnModuleInit {
  constructor(
    private readonly connections: Connections,
    private readonly sources: BuiltInSources,
  ) {}

  onModuleInit(): void {
    this.connections.addBuiltIn({ id: 'profiles', name: 'Profile store', connector: 'profiles' });
    this.sources.add('profiles'); // a sync may tell people of the audiences that they are in
  }
}
