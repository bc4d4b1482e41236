import {
  defineConnector,
  MillraceError,
  type AnyConnector,
  type Json,
  type LaneLag,
  type Row,
  type Stream,
  type SubscribeContext,
} from '@millrace/sdk';

interface Member {
  index: number;
  of: number;
  /** Offsets of the next row, by lane: only of lanes that it has. */
  positions: Map<string, number>;
  wake: () => void;
}

/** A broker in memory: lanes that grow, held by consumers, moved between them at will. */
export class ScriptedBroker {
  pageSize = 10;
  readonly #lanes = new Map<string, Row[]>();
  readonly #holders = new Map<string, number>();
  readonly #members = new Set<Member>();
  readonly #byContext = new WeakMap<object, Member>();
  readonly committed = new Map<string, number>();
  /** Where lanes were begun, by whoever subscribed. */
  readonly begun: { lane: string; from: number }[] = [];
  subscriptions = 0;
  /** For how long it says that what waits has been there. */
  waitingSeconds = 0;
  /** Thrown at whoever asks what there is. */
  away?: Error;
  /** Whoever asks what there is gets no answer, ever. */
  silent = false;
  /** How often it was asked what there is. */
  asked = 0;
  /** Thrown instead of pages, until it is mended. */
  #failure?: Error;

  get members(): number {
    return this.#members.size;
  }

  reset(): void {
    this.#lanes.clear();
    this.#holders.clear();
    this.committed.clear();
    this.begun.length = 0;
    this.pageSize = 10;
    this.subscriptions = 0;
    this.waitingSeconds = 0;
    this.#failure = undefined;
    this.away = undefined;
    this.silent = false;
    this.asked = 0;
  }

  append(lane: string, ...rows: Row[]): void {
    this.#lanes.set(lane, [...(this.#lanes.get(lane) ?? []), ...rows]);
    this.#wakeAll();
  }

  rowsOf(lane: string): Row[] {
    return this.#lanes.get(lane) ?? [];
  }

  /** Gives the lane to the consumer of that number: of those who subscribe at a time, if it is greater. */
  move(lane: string, index: number): void {
    this.#holders.set(lane, index);
    this.#wakeAll();
  }

  fail(error: Error): void {
    this.#failure = error;
    this.#wakeAll();
  }

  mend(): void {
    this.#failure = undefined;
  }

  /** `group`: lanes come and go while it is subscribed, as with Kafka; otherwise it knows of nothing but its own places. */
  stream(group: boolean): Stream {
    const stream: Stream = { key: 'id', subscribe: (ctx) => this.#subscribe(ctx, group) };
    if (!group) return stream;
    return {
      ...stream,
      commit: async (ctx, lane, resume) => this.#commit(ctx, lane, resume),
      revoke: async (ctx, lane) => void this.#byContext.get(ctx)?.positions.delete(lane),
      lag: async (ctx) => this.#lagOf(this.#byContext.get(ctx)),
    };
  }

  async *#subscribe(ctx: SubscribeContext, group: boolean) {
    const { index, of } = ctx.consumer;
    const member: Member = { index, of, positions: new Map(), wake: () => undefined };
    this.subscriptions++;
    this.#members.add(member);
    this.#byContext.set(ctx, member);
    const wake = (): void => member.wake();
    ctx.signal.addEventListener('abort', wake);
    try {
      while (!ctx.signal.aborted) {
        const pages = await this.#pages(ctx, member, group);
        yield* pages;
        if (pages.length === 0 && !ctx.signal.aborted) await this.#news(member, ctx.signal);
      }
    } finally {
      ctx.signal.removeEventListener('abort', wake);
      this.#members.delete(member);
    }
  }

  /** One page of each lane that the member has and that has news. */
  async #pages(ctx: SubscribeContext, member: Member, group: boolean) {
    const pages: { records: Row[]; positions: string[]; lane: string; resume: number }[] = [];
    for (const [lane, rows] of this.#lanes) {
      if (!this.#has(member, lane)) {
        member.positions.delete(lane);
        continue;
      }
      const from = member.positions.get(lane) ?? (await this.#begin(ctx, lane, group));
      const records = rows.slice(from, from + this.pageSize);
      member.positions.set(lane, from + records.length);
      if (records.length === 0) continue;
      const positions = records.map((_, i) => `${lane}@${from + i}`);
      pages.push({ records, positions, lane, resume: from + records.length });
    }
    if (this.#failure) throw this.#failure;
    return pages;
  }

  async #begin(ctx: SubscribeContext, lane: string, group: boolean): Promise<number> {
    const from = Number((group ? await ctx.assign(lane) : ctx.lanes[lane]) ?? 0);
    this.begun.push({ lane, from });
    return from;
  }

  #commit(ctx: SubscribeContext, lane: string, resume: Json): void {
    const member = this.#byContext.get(ctx);
    if (!member || !this.#has(member, lane)) throw new MillraceError('lane_lost', `Lane "${lane}" was moved.`);
    this.committed.set(lane, Number(resume));
  }

  #lagOf(member?: Member): Record<string, LaneLag> | undefined {
    if (!member) return undefined;
    const lanes = [...this.#lanes].filter(([lane]) => this.#has(member, lane));
    return Object.fromEntries(
      lanes.map(([lane, rows]) => {
        const records = rows.length - (this.committed.get(lane) ?? 0);
        return [lane, { records, seconds: records > 0 ? this.waitingSeconds : 0 }];
      }),
    );
  }

  #has({ index, of }: Member, lane: string): boolean {
    return (this.#holders.get(lane) ?? 0) % of === index;
  }

  #news(member: Member, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      member.wake = resolve;
      if (signal.aborted || this.#failure) resolve();
    });
  }

  #wakeAll(): void {
    for (const { wake } of this.#members) wake();
  }
}

/** Streams `group` and `shards` of a scripted broker; `both` can be read, too. A connection may name one of the `others`. */
export function brokerConnector(
  broker: ScriptedBroker,
  others: Record<string, ScriptedBroker> = {},
): { connector: AnyConnector; origin: string } {
  const connector = defineConnector<{ cluster?: string }>({
    id: 'scripted-broker',
    title: 'Scripted broker',
    version: '1.0.0',
    config: {
      type: 'object',
      properties: { cluster: { type: 'string', 'x-place': true } },
      additionalProperties: false,
    },
    check: async () => undefined,
    source: {
      streams: async ({ config: { cluster = '' } }) => {
        const asked = others[cluster] ?? broker;
        asked.asked++;
        if (asked.away) throw asked.away;
        if (asked.silent) await new Promise(() => undefined); // heeds no signal
        return streamsOf(asked);
      },
    },
  });
  return { connector, origin: import.meta.filename };
}

function streamsOf(broker: ScriptedBroker): Record<string, Stream> {
  return {
    group: broker.stream(true),
    shards: broker.stream(false),
    both: {
      ...broker.stream(true),
      async *read() {
        yield { records: broker.rowsOf('orders') };
      },
    },
  };
}
