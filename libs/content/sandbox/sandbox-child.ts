import type { ChildProcess } from 'node:child_process';
import { messageOf, MillraceError } from '@millrace/sdk';
import { Deadline } from './deadline.ts';
import type { RowPiece, SandboxReply, SentTask } from './protocol.ts';
import { requestText } from './request-text.ts';
import { startChild } from './start-child.ts';
import { memoryMessage, timeoutMessage } from './stopped-messages.ts';

export type Answer = Exclude<SandboxReply, { ready: true } | { piece: RowPiece } | { compiling: boolean }>;

interface Waiting {
  id: number;
  task: SentTask;
  deadlineMs: number;
  compiling: boolean;
  resolve: (answer: Answer) => void;
  reject: (error: MillraceError) => void;
  onPiece?: (piece: RowPiece) => void;
  deadline: Deadline;
}

/** Milliseconds. A process that cannot start ends by itself, and says why; one on a busy machine just takes its time. */
const startDeadline = 120_000;

/** Milliseconds for compiling one part, which is bounded by the guard's limits; the deadline is for what comes after. */
const compileDeadline = 15_000;

/** One process of the sandbox; it does one task at a time, and is gone for good once it failed. */
export class SandboxChild {
  /** Resolves when it takes tasks; rejects with `service_unavailable` when it cannot be started. */
  readonly ready: Promise<void>;
  readonly ended: Promise<void>;
  readonly #process: ChildProcess;
  #waiting: Waiting | undefined;
  #complaint = '';
  #count = 0;
  #usable = true;

  constructor(memoryMb: number, hmacSecret?: string) {
    this.#process = startChild(memoryMb, hmacSecret);
    this.ready = this.#start();
    this.ready.catch(() => undefined); // whoever needs it awaits it
    this.ended = new Promise((resolve) => {
      this.#process.once('close', () => resolve());
      this.#process.once('error', () => resolve());
    });
    void this.ended.then(() => this.#failInMemory());
    this.#process.stderr?.on(
      'data',
      (chunk: Buffer) => (this.#complaint = (this.#complaint + chunk.toString()).slice(-2000)),
    );
    this.#process.stdin?.on('error', () => this.#failInMemory());
    this.#process.on('message', (reply: SandboxReply) => this.#take(reply));
  }

  /**
   * @param deadlineMs for the whole task, or for each piece where rows are told; without what compiling takes
   * @throws MillraceError `template_timeout`, or `template_failed` when the process broke; it has ended then
   */
  run(task: SentTask, deadlineMs: number, onPiece?: (piece: RowPiece) => void): Promise<Answer> {
    const id = (this.#count += 1);
    return new Promise((resolve, reject) => {
      const deadline = this.#deadline(deadlineMs);
      const compiling = false;
      this.#waiting = { id, task, deadlineMs, compiling, resolve, reject, deadline, ...(onPiece && { onPiece }) };
      this.#process.stdin?.write(requestText(id, task));
    });
  }

  /** False from the moment on that its end is certain. */
  get usable(): boolean {
    return this.#usable;
  }

  kill(): Promise<void> {
    this.#usable = false;
    this.#process.kill('SIGKILL');
    return this.ended;
  }

  #take(reply: SandboxReply): void {
    if ('ready' in reply || this.#waiting?.id !== reply.id) return;
    const { resolve, deadline, onPiece } = this.#waiting;
    if ('compiling' in reply) return this.#startAnew(this.#waiting, reply.compiling);
    if ('piece' in reply) {
      deadline.refresh();
      return onPiece?.(reply.piece);
    }
    this.#waiting = undefined;
    deadline.clear();
    resolve(reply);
  }

  #startAnew(waiting: Waiting, compiling: boolean): void {
    const { deadlineMs } = waiting;
    waiting.deadline.clear();
    waiting.compiling = compiling;
    waiting.deadline = this.#deadline(compiling ? Math.max(compileDeadline, deadlineMs) : deadlineMs);
  }

  #deadline(milliseconds: number): Deadline {
    return new Deadline(this.#process.pid, milliseconds, () => this.#failInTime());
  }

  #failInTime(): void {
    if (this.#waiting) this.#fail('template_timeout', timeoutMessage(this.#waiting));
  }

  #failInMemory(): void {
    if (this.#waiting) this.#fail('template_failed', memoryMessage(this.#waiting));
    else this.#usable = false;
  }

  #fail(code: 'template_timeout' | 'template_failed', message: string): void {
    this.#usable = false;
    this.#process.kill('SIGKILL');
    const waiting = this.#waiting;
    this.#waiting = undefined;
    if (!waiting) return;
    waiting.deadline.clear();
    waiting.reject(new MillraceError(code, message));
  }

  #start(): Promise<void> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => fail('it took too long'), startDeadline);
      const fail = (why: string): void => {
        clearTimeout(timer);
        this.#process.kill('SIGKILL');
        const advice = 'Check the memory and the limits of this machine.';
        reject(
          new MillraceError(
            'service_unavailable',
            `The process that renders templates cannot be started: ${why}. ${advice}`,
          ),
        );
      };
      this.#process.once('message', () => {
        clearTimeout(timer);
        resolve();
      });
      this.#process.once('error', (error) => fail(messageOf(error)));
      this.#process.once('close', () =>
        fail(this.#complaint.split('\n').find((line) => line.includes('rror')) ?? 'it ended'),
      );
    });
  }
}
