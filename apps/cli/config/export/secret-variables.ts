import type { Json } from '@millrace/sdk';
import { isFields, type ConfigDocument } from '../documents/document.ts';
import { specialIn } from '../references/reference.ts';
import type { Resource } from '../server/server-state.ts';

/** Names a variable for each secret, and none twice: what is set for one must not become another's, whose receiver would get it. */
export class SecretVariables {
  readonly #taken: Set<string>;

  /** @param present documents of the folder, whose variables are theirs */
  constructor(present: ConfigDocument[]) {
    this.#taken = new Set(present.flatMap(({ fields }) => variablesIn(fields)));
  }

  /** `shop-db`, `config.apiKey` → `SHOP_DB_API_KEY` */
  nameFor({ kind, slug }: Pick<Resource, 'kind' | 'slug'>, path: string): string {
    const plain = [slug, ...path.split('.').slice(1)];
    for (let number = 1; ; number += 1) {
      const longer = [kind.name, ...plain, ...(number > 1 ? [String(number)] : [])];
      const free = [plain, longer].map(variable).find((name) => !this.#taken.has(name));
      if (free === undefined) continue;
      this.#taken.add(free);
      return free;
    }
  }
}

function variable(words: string[]): string {
  const name = words
    .join('_')
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replaceAll(/[^A-Za-z0-9]+/g, '_');
  return (/^\d/.test(name) ? `_${name}` : name).toUpperCase();
}

function variablesIn(value: Json): string[] {
  if (Array.isArray(value)) return value.flatMap(variablesIn);
  if (!isFields(value)) return [];
  const special = specialIn(value);
  if (!special) return Object.values(value).flatMap(variablesIn);
  return 'reference' in special && '$env' in special.reference ? [special.reference.$env] : [];
}
