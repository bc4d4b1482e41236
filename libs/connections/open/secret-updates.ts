import { MillraceError, type ConfigSpec, type Json } from '@millrace/sdk';
import { parsed, type Configuration } from '../config/configuration.ts';
import { isObject, valueAt, type Secrets } from '../config/split-secrets.ts';
import type { ConnectionSecrets } from '../store/connection-secrets.ts';
import type { ConnectionStore } from '../store/connection-store.ts';
import { secretTexts } from './secret-texts.ts';

/** `ctx.updateSecrets` of one use of a connection: compare-and-set on the secrets that it was opened with. */
export class SecretUpdates {
  #seen: Configuration & { id: string; secretsRevision: number };

  /**
   * @param live the config that the connector was given: new values are put into it, wherever it was passed on to
   * @param hide is told the texts of new secrets before they are in use
   */
  constructor(
    opened: Configuration & { id: string; secretsRevision: number },
    private readonly live: unknown,
    private readonly spec: ConfigSpec,
    private readonly secrets: ConnectionSecrets,
    private readonly store: ConnectionStore,
    private readonly hide: (texts: string[]) => void,
  ) {
    this.#seen = opened;
  }

  /** Throws `invalid_config` for what is no secret field or not valid, `secret_conflict` when somebody was faster. */
  async apply(changes: Record<string, Json>): Promise<void> {
    const strange = Object.keys(changes).filter((path) => !this.spec.secrets.includes(path));
    if (strange.length > 0) {
      throw new MillraceError(
        'invalid_config',
        `${strange.join(', ')} is no secret field of the configuration. Mark it \`secret: true\`.`,
      );
    }
    this.hide(secretTexts(changes));
    const { id, secretsRevision, config } = this.#seen;
    const secrets: Secrets = { ...this.#seen.secrets, ...changes };
    parsed(this.spec, { config, secrets });
    const { sealed, secretsSet } = this.secrets.seal(id, secrets);
    const revision = sealed && (await this.store.changeSecrets(id, secretsRevision, { sealed, secretsSet }));
    if (!revision) {
      throw new MillraceError(
        'secret_conflict',
        'The secrets of the connection were changed meanwhile. Open it again and use the new ones.',
      );
    }
    this.#seen = { id, config, secrets, secretsRevision: revision };
    for (const [path, value] of Object.entries(changes)) putInto(this.live, path, value);
  }
}

function putInto(config: unknown, path: string, value: Json): void {
  const names = path.split('.');
  const field = names.pop() ?? path;
  const home = names.length === 0 ? config : valueAt(config, names.join('.'));
  if (isObject(home)) home[field] = value;
}
