import { Inject, Module, type DynamicModule } from '@nestjs/common';
import { Catalog } from '../catalog.ts';
import type { LoadedPlugin } from './load-plugin.ts';

const pluginToken = Symbol('millrace:plugin');

/** One plugin as a Nest module: it enters its connector into the catalog, and brings along the Nest module that the plugin exports. */
@Module({})
export class PluginModule {
  static for(plugin: LoadedPlugin): DynamicModule {
    return {
      module: PluginModule,
      imports: plugin.module ? [plugin.module] : [],
      providers: [{ provide: pluginToken, useValue: plugin }],
    };
  }

  constructor(catalog: Catalog, @Inject(pluginToken) plugin: LoadedPlugin) {
    catalog.register(plugin.connector, plugin.origin);
  }
}
