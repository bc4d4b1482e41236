/** Milliseconds without a job after which a queue that should give some counts as silent. */
const silence = 5_000;

/** The places of a process for one kind of work, given by a queue or, when the queue is silent, taken directly. */
export class Lane<Job> {
  private busy = 0;
  private given = 0;
  private givenAt = Date.now();
  private fullAt = Date.now();
  private closed = false;
  private readonly taking = new Set<Promise<void>>();
  private readonly working = new Set<Promise<void>>();

  constructor(
    private readonly places: number,
    private readonly work: (job: Job) => Promise<void>,
  ) {}

  /** For the queue. */
  readonly give = async (job: Job): Promise<void> => {
    this.givenAt = Date.now();
    this.given++;
    try {
      await this.do(job);
    } finally {
      this.givenAt = Date.now();
      if (this.given >= this.places) this.fullAt = Date.now();
      this.given--;
    }
  };

  /** Places are free, and nothing came for some seconds. */
  get silent(): boolean {
    return this.isFree && Date.now() - this.givenAt > silence;
  }

  /** The queue has left a place free for some seconds: there is nothing in it, or somebody else was given what he does not do. */
  get hungry(): boolean {
    return this.isFree && this.given < this.places && Date.now() - this.fullAt > silence;
  }

  get isFree(): boolean {
    return !this.closed && this.busy < this.places;
  }

  /** Fills the free places with what `next` finds, until it finds nothing more or the queue fills them. */
  takeFrom(next: () => Job | undefined, onError: (error: unknown) => void): void {
    for (let place = this.busy; place < this.places; place++) {
      const taking = this.take(next)
        .catch(onError)
        .finally(() => this.taking.delete(taking));
      this.taking.add(taking);
    }
  }

  /** Takes nothing more, and waits for what is under way. */
  async close(): Promise<void> {
    this.closed = true;
    await Promise.all(this.taking);
    await Promise.allSettled(this.working); // the queue, which gave it, hears what failed
  }

  private async take(next: () => Job | undefined): Promise<void> {
    while (!this.closed && this.busy < this.places) {
      const job = next();
      if (!job) return;
      await this.do(job);
    }
  }

  private async do(job: Job): Promise<void> {
    this.busy++;
    const working = this.work(job);
    this.working.add(working);
    try {
      await working;
    } finally {
      this.working.delete(working);
      this.busy--;
    }
  }
}
