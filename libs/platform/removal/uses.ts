import { MillraceError } from '@millrace/sdk';

/** Something that uses what is to be removed. */
export interface UsedBy {
  /** `sync`, `template`, `block`. */
  kind: string;
  id: string;
  name: string;
}

/** Tells what uses something, by its name; twenty are enough. */
export type WhoUses = (ref: string) => Promise<UsedBy[]>;

const mostNamed = 5;

/** Asks everybody who might use a kind of thing before one of it is removed. */
export class Uses {
  readonly #asked: WhoUses[] = [];

  /** @param what as messages name it: `audience` */
  constructor(private readonly what: string) {}

  ask(who: WhoUses): void {
    this.#asked.push(who);
  }

  /** @throws MillraceError `in_use` with all that use it */
  async refuse(ref: string): Promise<void> {
    refuseUsed(this.what, ref, (await Promise.all(this.#asked.map((who) => who(ref)))).flat());
  }
}

/** @throws MillraceError `in_use` with all that use it, if anything does */
export function refuseUsed(what: string, ref: string, users: readonly UsedBy[]): void {
  if (users.length === 0) return;
  const named = users.slice(0, mostNamed).map(({ kind, name }) => `${kind} "${name}"`);
  const rest = users.length - named.length;
  const all = rest > 0 ? [...named, `${rest} more`] : named;
  throw new MillraceError(
    'in_use',
    `The ${what} "${ref}" is used by ${all.join(', ')}. Change them first, or repeat with ?force=true.`,
    { details: { users: users.map(({ kind, id, name }) => ({ kind, id, name })) } },
  );
}
