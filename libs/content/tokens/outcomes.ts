import { isEmpty } from '../helpers/index.ts';
import type { Branch, ConditionSite } from './condition.ts';
import type { TokenSite } from './token.ts';
import type { Trace } from './tracer.ts';

/** What a render showed of a template: `12:3 then` for a condition at line 12, column 3; `14:8 missing` or `14:8 fallback` for a token. */
export type RenderOutcome = `${number}:${number} ${Branch | 'missing' | 'fallback'}`;

/** Notes only what differs between people: quick enough for a whole audience. */
export class Outcomes implements Trace {
  readonly #seen = new Set<RenderOutcome>();
  readonly #open = new Map<ConditionSite, Branch>();

  /** Sorted; each once, however often a loop came by. */
  end(): RenderOutcome[] {
    for (const [site, branch] of this.#open) this.#seen.add(outcomeOf(site, branch));
    this.#open.clear();
    return [...this.#seen].sort();
  }

  enter(): void {}

  token(_number: number, site: TokenSite, value: unknown, _base: unknown, fallback: unknown): string {
    if (site.use !== 'text' || !isEmpty(value)) return '';
    const what = isEmpty(fallback) ? 'missing' : 'fallback';
    this.#seen.add(outcomeOf(site, what));
    for (const same of site.same ?? []) this.#seen.add(outcomeOf(same, what));
    return '';
  }

  condition(site: ConditionSite): string {
    const before = this.#open.get(site);
    if (before !== undefined) this.#seen.add(outcomeOf(site, before));
    this.#open.set(site, 'nothing');
    return '';
  }

  branch(site: ConditionSite, branch: Branch): string {
    const before = this.#open.get(site);
    if (before === branch) return ''; // a loop goes on
    if (before !== undefined && before !== 'nothing') this.#seen.add(outcomeOf(site, before));
    this.#open.set(site, branch);
    return '';
  }
}

function outcomeOf({ line, column }: TokenSite | ConditionSite, what: Branch | 'missing' | 'fallback'): RenderOutcome {
  return `${line}:${column} ${what}`;
}
