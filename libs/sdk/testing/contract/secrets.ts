import { MillraceError, secretValues } from '../../index.ts';
import { fault } from './fault.ts';

/** Everything that the kit sees of a connector's output, searched for the secrets it was given. */
export class SecretWatch {
  private readonly secrets = new Set<string>();
  private readonly leaks = new Set<string>();

  /** Secrets of fewer than 6 characters are not looked for: they occur by chance. */
  addSecrets(config: unknown, paths: string[]): void {
    for (const value of secretValues(config, paths)) if (value.length >= 6) this.secrets.add(value);
  }

  see(where: string, output: unknown): void {
    if (this.secrets.size === 0) return;
    const text = typeof output === 'string' ? output : JSON.stringify(output, plain);
    for (const secret of this.secrets) {
      const forms = [secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1)];
      if (forms.some((form) => text?.includes(form))) this.leaks.add(where);
    }
  }

  seeError(where: string, thrown: unknown): void {
    for (let error = thrown; error instanceof Error; error = error.cause) {
      this.see(where, [error.message, error instanceof MillraceError ? error.details : undefined]);
    }
    if (!(thrown instanceof Error)) this.see(where, thrown);
  }

  assertNone(): void {
    if (this.leaks.size === 0) return;
    throw fault(`A secret of the configuration appears in ${[...this.leaks].join(', ')}. Keep it out of there.`);
  }
}

/** Errors and big integers in what is logged have no JSON of their own. */
function plain(_key: string, value: unknown): unknown {
  if (value instanceof Error) return { ...value, message: value.message, cause: value.cause };
  return typeof value === 'bigint' ? String(value) : value;
}
