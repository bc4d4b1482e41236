import { MillraceError } from '@millrace/sdk';
import type { BlockSources, PreparedPart, WrittenPart } from '../prepare/index.ts';
import type {
  CheckedPart,
  CountedRows,
  CountTexts,
  PartToCheck,
  RenderedRow,
  RenderWork,
  RowPiece,
  SandboxResult,
  SentTask,
  TranslatedParts,
  TranslateWork,
  UnsupportedFeature,
} from './protocol.ts';
import { SandboxChild } from './sandbox-child.ts';
import { toMillraceError } from './to-millrace-error.ts';

/** So that whoever renders hears within a second of a template that does not end. */
const usualDeadlineMs = 900;

/** For what reads sources and renders nothing: that ends by itself, as the guard bounds them, though it may take seconds on a busy machine. */
const readDeadlineMs = 10_000;

export interface SandboxOptions {
  /** Processes at most. One is kept warm; the others start when needed. */
  size?: number;
  /** MB of heap that each may have. */
  memoryMb?: number;
  /** Tasks that may wait at most. */
  queueLimit?: number;
  /** What hmacSHA1 and hmacSHA256 sign with. */
  hmacSecret?: string;
}

export interface RenderOptions {
  /** Milliseconds for the whole batch (default 900). */
  deadlineMs?: number;
}

interface Turn {
  start(child: SandboxChild): void;
  fail(error: unknown): void;
}

/** Runs templates in child processes: nothing that a template does ends or hangs this one. */
export class Sandbox {
  readonly #options: Required<Omit<SandboxOptions, 'hmacSecret'>> & Pick<SandboxOptions, 'hmacSecret'>;
  readonly #children = new Set<SandboxChild>();
  readonly #idle: SandboxChild[] = [];
  readonly #queue: Turn[] = [];
  #closed = false;

  constructor({ size = 2, memoryMb = 128, queueLimit = 500, hmacSecret }: SandboxOptions = {}) {
    this.#options = { size, memoryMb, queueLimit, hmacSecret };
  }

  /** Starts the first process, so that nobody waits for it. */
  warmUp(): void {
    if (this.#children.size === 0) this.#grow();
  }

  /**
   * Each work's rows, rendered.
   * @throws MillraceError `template_invalid`, `template_too_large`, `template_failed`, `template_timeout`, `service_unavailable`
   */
  async render(work: RenderWork[], { deadlineMs = usualDeadlineMs }: RenderOptions = {}): Promise<RenderedRow[][]> {
    const result = await this.#perform({ kind: 'render', work }, deadlineMs);
    return result.kind === 'render' ? result.rows : [];
  }

  /**
   * The rows of one work, each with its own fault where it has one. A row that takes too long or breaks the process ends the work:
   * `error` is that of the row behind those that are given.
   * @param options.deadlineMs for each row (default 900)
   * @throws MillraceError `service_unavailable`
   */
  async renderRows(
    work: RenderWork,
    { deadlineMs = usualDeadlineMs }: RenderOptions = {},
  ): Promise<{ rows: RenderedRow[]; error?: MillraceError }> {
    const rows: RenderedRow[] = [];
    try {
      await this.#perform({ kind: 'rows', work }, deadlineMs, (piece) => {
        if ('row' in piece) rows.push(piece.row);
        else rows.push({ ...(rows.pop() as RenderedRow), ...piece });
      });
      return { rows };
    } catch (error) {
      if (!(error instanceof MillraceError) || error.code === 'service_unavailable') throw error;
      return { rows: lacksText(rows.at(-1), work) ? rows.slice(0, -1) : rows, error };
    }
  }

  /**
   * What is counted of rows, each with its own fault where it has one.
   * @param options.deadlineMs for all of them (default 900)
   * @throws MillraceError as `render` does
   */
  async count(work: CountTexts, { deadlineMs = usualDeadlineMs }: RenderOptions = {}): Promise<CountedRows> {
    const result = await this.#perform({ kind: 'count', work }, deadlineMs);
    return result.kind === 'count' ? result.counted : { rows: [], outcomes: [] };
  }

  /** Parses parts without rendering them. @throws MillraceError as `render` does */
  async check(parts: PartToCheck[], { deadlineMs = readDeadlineMs }: RenderOptions = {}): Promise<CheckedPart[]> {
    const result = await this.#perform({ kind: 'check', parts }, deadlineMs);
    return result.kind === 'check' ? result.parts : [];
  }

  /**
   * Parts with their blocks, as they are rendered for each person.
   * @throws MillraceError as `render` does
   */
  async prepare(parts: WrittenPart[], blocks: BlockSources, options: RenderOptions = {}): Promise<PreparedPart[]> {
    const { deadlineMs = readDeadlineMs } = options;
    const result = await this.#perform({ kind: 'prepare', parts, blocks }, deadlineMs);
    return result.kind === 'prepare' ? result.parts : [];
  }

  /** What mail clients lack of an HTML. @param clients as caniemail.com names them. @throws MillraceError as `render` does */
  async unsupported(
    html: string,
    clients: string[],
    { deadlineMs = 5000 }: RenderOptions = {},
  ): Promise<UnsupportedFeature[]> {
    const result = await this.#perform({ kind: 'support', html, clients }, deadlineMs);
    return result.kind === 'support' ? result.unsupported : [];
  }

  /** Prepared parts in the words of another mail platform. @throws MillraceError as `render` does */
  async translate(work: TranslateWork, { deadlineMs = 3000 }: RenderOptions = {}): Promise<TranslatedParts> {
    const result = await this.#perform({ kind: 'translate', work }, deadlineMs);
    return result.kind === 'translate' ? result.translation : { parts: [], fields: [], lost: [] };
  }

  /** Ends the processes; what still runs or waits fails. */
  async close(): Promise<void> {
    this.#closed = true;
    for (const turn of this.#queue.splice(0)) turn.fail(closedError());
    await Promise.all([...this.#children].map((child) => child.kill()));
  }

  async #perform(task: SentTask, deadlineMs: number, onPiece?: (piece: RowPiece) => void): Promise<SandboxResult> {
    const child = await this.#take();
    try {
      const answer = await child.run(task, deadlineMs, onPiece);
      if ('fault' in answer) throw toMillraceError(answer.fault);
      return answer.result;
    } finally {
      this.#giveBack(child);
    }
  }

  #take(): Promise<SandboxChild> {
    if (this.#closed) return Promise.reject(closedError());
    const idle = this.#idle.pop();
    if (idle) return Promise.resolve(idle);
    if (this.#queue.length >= this.#options.queueLimit) return Promise.reject(busyError());
    if (this.#children.size < this.#options.size) this.#grow();
    return new Promise((resolve, reject) => this.#queue.push({ start: resolve, fail: reject }));
  }

  #giveBack(child: SandboxChild): void {
    if (!child.usable) return;
    const next = this.#queue.shift();
    if (next) next.start(child);
    else this.#idle.push(child);
  }

  #grow(): void {
    const child = new SandboxChild(this.#options.memoryMb, this.#options.hmacSecret);
    this.#children.add(child);
    void child.ended.then(() => this.#forget(child));
    child.ready.then(
      () => this.#giveBack(child),
      (error: unknown) => this.#queue.shift()?.fail(error),
    );
  }

  /** A process that ended is replaced when it is needed: at once for whoever waits. */
  #forget(child: SandboxChild): void {
    this.#children.delete(child);
    const position = this.#idle.indexOf(child);
    if (position !== -1) this.#idle.splice(position, 1);
    if (!this.#closed && (this.#queue.length > 0 || this.#children.size === 0)) this.#grow();
  }
}

/** It was told of, and broke when its plain text was made. */
function lacksText(row: RenderedRow | undefined, { plainTextOf }: RenderWork): boolean {
  return plainTextOf !== undefined && row?.outputs[plainTextOf] !== undefined && row.plainText === undefined;
}

function closedError(): MillraceError {
  return new MillraceError('service_unavailable', 'Millrace is shutting down: try again in a moment.');
}

function busyError(): MillraceError {
  return new MillraceError('service_unavailable', 'Too many templates wait to be rendered: try again in a moment.', {
    retryAfter: 1000,
  });
}
