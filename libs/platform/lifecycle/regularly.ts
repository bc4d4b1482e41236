/** Work that is done every so many milliseconds, never twice at once. It keeps no process alive, and never throws. */
export class Regularly {
  private readonly timer: NodeJS.Timeout;
  private current?: Promise<void>;

  /** @param onError is told what failed; it is tried again the next time */
  constructor(
    milliseconds: number,
    private readonly work: () => Promise<void>,
    private readonly onError: (error: unknown) => void,
  ) {
    this.timer = setInterval(() => void (this.current ?? this.start()), milliseconds).unref();
  }

  /** Does it now, after what is under way. */
  async now(): Promise<void> {
    await this.current;
    await (this.current ?? this.start());
  }

  /** Does it a last time, and then no more. */
  async stop(): Promise<void> {
    clearInterval(this.timer);
    await this.now();
  }

  /** Does it no more; waits for what is under way. */
  async end(): Promise<void> {
    clearInterval(this.timer);
    await this.current;
  }

  /** Does it no more, and waits for nothing: of work that only reads. */
  cease(): void {
    clearInterval(this.timer);
  }

  private start(): Promise<void> {
    this.current = this.work()
      .catch(this.onError)
      .finally(() => (this.current = undefined));
    return this.current;
  }
}
