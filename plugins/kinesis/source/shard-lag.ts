import type { LaneLag, Page } from '@millrace/sdk';

/** Milliseconds after which what a read told of the shard's end is old. */
const fresh = 30_000;

/** How far a shard is behind: what its last read told, and the pages that have not arrived. */
export class ShardLag {
  /** Of each page on its way, when its first record came to the shard (ms). */
  readonly #onTheirWay: number[] = [];
  #read?: { at: number; behind: number };

  /** @param behind `MillisBehindLatest` of the answer: how far what was read is from the shard's end, in time */
  wasRead(behind: number, now = Date.now()): void {
    this.#read = { at: now, behind };
  }

  handedOver({ times }: Page, now = Date.now()): void {
    const [first] = times?.records ?? [];
    this.#onTheirWay.push(first === undefined ? now : Date.parse(first));
  }

  arrived(): void {
    this.#onTheirWay.shift();
  }

  /** Undefined: the shard was not read yet. */
  of(now = Date.now()): LaneLag | undefined {
    const [oldest] = this.#onTheirWay;
    if (oldest !== undefined) return { seconds: Math.max(0, now - oldest) / 1_000 };
    if (!this.#read) return undefined;
    const { at, behind } = this.#read;
    const since = now - at;
    return { seconds: (behind + (behind > 0 || since > fresh ? since : 0)) / 1_000 };
  }
}
