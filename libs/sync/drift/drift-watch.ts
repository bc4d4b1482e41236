import type { Page } from '@millrace/sdk';
import type { FieldDrift } from './field-drift.ts';
import { FieldTree, type Finding } from './field-tree.ts';
import type { KnownFields } from './known-fields.ts';

export interface DriftWatchOptions {
  fields: KnownFields;
  sync: string;
  run: string;
  /** learn: silently; add: noted and made known; pause: nothing new is made known before it was approved. */
  policy: 'learn' | 'add' | 'pause';
  readBy: (field: string) => string[];
  /** Notes in the run what it has changed of the known fields. */
  note: () => Promise<void>;
}

/** Looks at the pages of one turn of a slice. */
export class DriftWatch {
  private constructor(
    private readonly options: DriftWatchOptions,
    private readonly tree: FieldTree,
    private readonly seenAlready: ReadonlySet<string>,
    private readonly optionalAlready: ReadonlySet<string>,
  ) {}

  static async start(options: DriftWatchOptions): Promise<DriftWatch> {
    const { fields, sync, run } = options;
    const known = await fields.load(sync, run);
    const pathsOf = (those: typeof known): Set<string> => new Set(those.map(({ path }) => path));
    return new DriftWatch(
      options,
      new FieldTree(known),
      pathsOf(known.filter(({ seenBy }) => seenBy === run)),
      pathsOf(known.filter(({ optional }) => optional)),
    );
  }

  /** What has to be approved before the page may be written; nothing: what is new in it is known by now. */
  async look(page: Page): Promise<FieldDrift[]> {
    this.tree.look(page.records);
    const found = this.tree.takeFound();
    const { fields, sync, run, policy, note } = this.options;
    if (policy === 'pause') {
      const drift = found.filter(isDrift).map((finding) => this.waiting(finding, page));
      if (drift.length > 0) return drift;
    }
    if (found.length > 0) {
      await fields.learn(
        sync,
        run,
        found.map(({ path, types, index }) => ({ path, types, example: page.positions?.[index] })),
      );
      if (policy !== 'learn' && found.some(isDrift)) await note();
    }
    await fields.see(
      sync,
      run,
      this.tree.takeSeen().filter((path) => !this.seenAlready.has(path)),
    );
    return [];
  }

  /** After the last page of the turn. */
  async end(): Promise<void> {
    const paths = this.tree.optional().filter((path) => !this.optionalAlready.has(path));
    await this.options.fields.markOptional(this.options.sync, paths);
  }

  private waiting({ path, types, before, index }: Finding, page: Page): FieldDrift {
    const example = page.positions?.[index];
    const readBy = this.options.readBy(path);
    return {
      field: path,
      change: before === null ? 'new' : 'type',
      types: [...types].sort(),
      ...(before && { before: [...before].sort() }),
      ...(example !== undefined && { example }),
      ...(readBy.length > 0 && { readBy }),
      waits: true,
    };
  }
}

/** Not the first values of a field of which only null was known. */
function isDrift({ before }: Finding): boolean {
  return before === null || before.length > 0;
}
