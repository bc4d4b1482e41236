import { pathToFileURL } from 'node:url';
import { contractVersion, MillraceError, messageOf, type AnyConnector } from '@millrace/sdk';
import type { Type } from '@nestjs/common';
import semver from 'semver';
import { connectorFaults } from './connector-faults.ts';
import type { PluginLocation } from './plugin-locations.ts';
import { isFunction } from './shapes.ts';

/** A plugin whose connector can be used. */
export interface LoadedPlugin {
  connector: AnyConnector;
  /** The file it came from. */
  origin: string;
  /** The Nest module that it brings along (named export `module`). */
  module?: Type;
}

/**
 * Loads a plugin and judges it. Every error names the file.
 *
 * @throws `invalid_connector` when it does not load, is no connector or has another id than its folder; `incompatible_connector` when it was
 * written for another version of the contract
 */
export async function loadPlugin({ file, expectedId }: PluginLocation): Promise<LoadedPlugin> {
  const exported = await importFile(file);
  const faults = connectorFaults(exported.default);
  if (faults.length > 0) throw invalid(file, `is not a valid connector: ${faults.join('; ')}. Correct it.`);
  const connector = exported.default as AnyConnector;
  if (expectedId !== undefined && connector.id !== expectedId) {
    throw invalid(file, `has the id "${connector.id}" but its folder is "${expectedId}". Give both the same name.`);
  }
  if (exported.module !== undefined && !isFunction(exported.module)) {
    throw invalid(file, 'exports a `module` that is not a Nest module class. Correct or remove that export.');
  }
  requireCompatible(connector, file);
  return { connector, origin: file, module: exported.module as Type | undefined };
}

async function importFile(file: string): Promise<{ default?: unknown; module?: unknown }> {
  try {
    return (await import(pathToFileURL(file).href)) as { default?: unknown; module?: unknown };
  } catch (error) {
    throw invalid(file, `cannot be loaded: ${messageOf(error)} Correct it, or take it out of MILLRACE_PLUGINS.`, error);
  }
}

function requireCompatible({ id, contract }: AnyConnector, file: string): void {
  if (contract === undefined || semver.satisfies(contractVersion, contract, { includePrerelease: true })) return;
  throw new MillraceError(
    'incompatible_connector',
    `The plugin ${file} ("${id}") was written for version ${contract} of the connector contract, this Millrace has ${contractVersion}. ` +
      'Install a version of the plugin that fits, or take it out.',
    { details: { file, wanted: contract, present: contractVersion } },
  );
}

function invalid(file: string, message: string, cause?: unknown): MillraceError {
  return new MillraceError('invalid_connector', `The plugin ${file} ${message}`, { cause, details: { file } });
}
