import { MillraceError, type ConfigSpec, type Json } from '@millrace/sdk';
import { canonicalJson } from '#platform';
import { mergePatch } from './merge-patch.ts';
import { mergeSecrets, splitSecrets, valueAt, type JsonObject, type Secrets } from './split-secrets.ts';

/** A connection's configuration as it is kept: the open part and the secrets. */
export interface Configuration {
  config: JsonObject;
  secrets: Secrets;
}

/** Throws `invalid_config`. */
export function newConfiguration(spec: ConfigSpec, input: JsonObject): Configuration {
  const given = splitSecrets(input, spec.secrets);
  const made = { config: given.config, secrets: withGiven({}, given.secrets) };
  parsed(spec, made);
  return made;
}

/**
 * A configuration after a change. Secrets that are null or absent keep their value, `''` clears one.
 *
 * @param how `replace`: the open part is what is given; `patch`: it is merged into the former one (RFC 7396)
 * @throws `invalid_config`; `secrets_required` when a field that says where secrets go changes and an old secret would go there
 */
export function changedConfiguration(
  spec: ConfigSpec,
  before: Configuration,
  input: JsonObject,
  how: 'replace' | 'patch',
): Configuration {
  const given = splitSecrets(input, spec.secrets);
  const config = how === 'patch' ? mergePatch(before.config, given.config) : given.config;
  const after = fitting(spec, { config, secrets: withGiven(before.secrets, given.secrets) }, before, given.secrets);
  const kept = Object.keys(after.secrets).filter((path) => !isNew(given.secrets[path]));
  const moved = kept.length > 0 ? changedOf(spec.bindsSecrets, spec, before, after) : [];
  if (moved.length > 0) {
    throw new MillraceError(
      'secrets_required',
      `${moved.join(', ')} says where the secrets are sent. Changing it needs them again: send ${kept.join(', ')} too (or "" to clear).`,
      { details: { changed: moved, secrets: kept } },
    );
  }
  return after;
}

export function sameConfiguration(a: Configuration, b: Configuration): boolean {
  return canonicalJson(a) === canonicalJson(b);
}

/** The configuration as the connector gets it. Throws `invalid_config`. */
export function parsed(spec: ConfigSpec, { config, secrets }: Configuration): unknown {
  return spec.parse(mergeSecrets(config, secrets));
}

function withGiven(before: Secrets, given: Secrets): Secrets {
  const all = new Map<string, Json>(Object.entries(before));
  for (const [path, value] of Object.entries(given)) {
    if (value === '') all.delete(path);
    else if (value !== null) all.set(path, value);
  }
  return Object.fromEntries(all);
}

function isNew(given: Json | undefined): boolean {
  return given !== undefined && given !== null;
}

/**
 * Who chooses another branch of a `oneOf` (another way to sign in) leaves the old branch's secrets behind, which the new one refuses. So if
 * the configuration is not valid with all kept secrets, those are dropped whose surrounding object was changed.
 */
function fitting(spec: ConfigSpec, after: Configuration, before: Configuration, given: Secrets): Configuration {
  try {
    parsed(spec, after);
    return after;
  } catch (error) {
    const stale = Object.keys(after.secrets).filter((path) => !isNew(given[path]) && homeChanged(path, before, after));
    if (stale.length === 0) throw error;
    const fewer = Object.entries(after.secrets).filter(([path]) => !stale.includes(path));
    const candidate = { config: after.config, secrets: Object.fromEntries(fewer) };
    try {
      parsed(spec, candidate);
    } catch {
      throw error; // the first fault is the one that the caller made
    }
    return candidate;
  }
}

function homeChanged(path: string, before: Configuration, after: Configuration): boolean {
  const home = path.split('.').slice(0, -1).join('.');
  if (home === '') return false;
  return canonicalJson(valueAt(before.config, home)) !== canonicalJson(valueAt(after.config, home));
}

/** What was changed of what says which place is led to. */
export function changedPlaces(spec: ConfigSpec, before: Configuration, after: Configuration): string[] {
  return changedOf(spec.places, spec, before, after);
}

/** Compared with defaults filled in, so that writing a default out is no change. A former configuration that is not valid any more counts as it stands. */
function changedOf(paths: string[], spec: ConfigSpec, before: Configuration, after: Configuration): string[] {
  const was = effective(spec, before);
  const is = effective(spec, after);
  return paths.filter((path) => canonicalJson(valueAt(was, path)) !== canonicalJson(valueAt(is, path)));
}

function effective(spec: ConfigSpec, configuration: Configuration): unknown {
  try {
    return parsed(spec, configuration);
  } catch {
    return configuration.config;
  }
}
