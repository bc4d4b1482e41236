import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Connections } from '#connections';

/** Makes the profile store a connection like any other, so that the engine needs no special case for it. */
@Injectable()
export class ProfileStoreConnection implements OnModuleInit {
  constructor(private readonly connections: Connections) {}

  onModuleInit(): void {
    this.connections.addBuiltIn({ id: 'profiles', name: 'Profile store', connector: 'profiles' });
  }
}
