import { Global, Module, type DynamicModule } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { Catalog } from './catalog.ts';
import { connectorSettingsName, connectorSettingsSchema } from './connector-settings.schema.ts';
import { ConnectorSwitches } from './connector-switches.ts';
import { ConnectorsController } from './http/connectors.controller.ts';
import type { LoadedPlugin } from './plugins/load-plugin.ts';
import { loadPlugins } from './plugins/load-plugins.ts';
import { PluginModule } from './plugins/plugin.module.ts';

export interface CatalogOptions {
  /** Folders and packages with plugins, see `findPlugins`; usually `[ownPluginsFolder, ...settings.plugins]`. */
  paths: string[];
  /** Connectors that need no file. */
  builtIn?: LoadedPlugin[];
}

/** The catalog itself, apart from the plugins that enter themselves into it. */
@Global()
@Module({
  imports: [MongooseModule.forFeature([{ name: connectorSettingsName, schema: connectorSettingsSchema }])],
  providers: [Catalog, ConnectorSwitches],
  exports: [Catalog],
})
class CatalogCoreModule {}

@Module({})
export class CatalogModule {
  /** Loads every plugin first: a bad one stops the start with a message that names its file. */
  static async forRoot({ paths, builtIn = [] }: CatalogOptions): Promise<DynamicModule> {
    const plugins = [...builtIn, ...(await loadPlugins(paths))];
    return {
      module: CatalogModule,
      imports: [CatalogCoreModule, ...plugins.map((plugin) => PluginModule.for(plugin))],
      controllers: [ConnectorsController],
    };
  }
}
