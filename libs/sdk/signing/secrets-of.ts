import { invalidSignature } from './invalid-signature.ts';

/** The secrets of a connection's configuration: several while a new one replaces an old one. */
export type SecretsOf<C> = (config: C) => readonly string[] | string | undefined;

/** Throws `invalid_signature` where there are none: then nobody can be who they say they are. */
export function secretsIn<C>(secretsOf: SecretsOf<C>, config: C): string[] {
  const secrets = [secretsOf(config) ?? []].flat().filter((secret) => secret !== '');
  if (secrets.length > 0) return secrets;
  throw invalidSignature('The connection has no signing secret yet: set it, or register the webhook.');
}
