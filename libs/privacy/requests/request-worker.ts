import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { MillraceError } from '@millrace/sdk';
import { AuditLog } from '#access';
import { canonicalJson, FailureLog, Log, Regularly, Settings, Signer } from '#platform';
import type { PrivacyRequest, RequestKind } from './request.schema.ts';
import { lease, RequestStore } from './request-store.ts';
import { proofText } from './request-view.ts';
import { StepsOfKinds } from './steps/index.ts';
import type { Step, Work } from './work.ts';

const every = 2_000;
/** As many requests at once: whoever waits for a destination that does not answer must not hold up the others. */
const lanes = 3;
const afterFailure = 60_000;
const deeds: Record<RequestKind, string> = { export: 'EXPORTED', erase: 'ERASED', restrict: 'RESTRICTED' };

/** Thrown into a step: another process goes on with it at once. */
class Stopped extends Error {}

/** Carries out requests in the background, step by step, however long one takes. Killed at any moment, it goes on where it was, on whichever process claims it. */
@Injectable()
export class RequestWorker implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly working: Regularly[] = [];
  private readonly notRenewed: FailureLog;
  private ending = false;

  constructor(
    private readonly settings: Settings,
    private readonly log: Log,
    private readonly store: RequestStore,
    private readonly steps: StepsOfKinds,
    private readonly signer: Signer,
    private readonly audit: AuditLog,
  ) {
    this.notRenewed = new FailureLog(log, 'the lease of a request of a person could not be renewed');
  }

  onApplicationBootstrap(): void {
    if (!this.settings.processes.includes('worker')) return;
    const { tell } = new FailureLog(this.log, 'requests of people could not be looked up');
    for (let lane = 0; lane < lanes; lane++) this.working.push(new Regularly(every, () => this.work(), tell));
  }

  /** What is under way is given back behind the page that it is at. */
  async onApplicationShutdown(): Promise<void> {
    this.ending = true;
    await Promise.all(this.working.map((lane) => lane.end()));
  }

  /** Takes up what is due. */
  async work(now: () => Date = () => new Date()): Promise<void> {
    for (;;) {
      const claimed = this.ending ? undefined : await this.store.claim(now());
      if (!claimed) return;
      const renewing = new Regularly(lease / 3, () => this.store.renew(claimed), this.notRenewed.tell);
      try {
        await this.carryOut(claimed, now());
      } catch (error) {
        await this.tryLater(claimed, error, now());
      } finally {
        await renewing.end();
      }
    }
  }

  private async carryOut(request: PrivacyRequest, now: Date): Promise<void> {
    const subject = this.store.unseal(request);
    const work: Work = {
      request,
      subject,
      now,
      count: async (counts) => {
        const $inc = Object.fromEntries(Object.entries(counts).map(([name, count]) => [`counts.${name}`, count]));
        await this.store.update(request, Object.keys($inc).length > 0 ? { $inc } : {});
        this.refuseWhenEnding();
      },
      told: (destination) => this.store.update(request, { $push: { destinations: destination } }),
    };
    const done = new Set(request.steps.map(({ name }) => name));
    for (const step of this.steps.of(request.kind)) {
      if (done.has(step.name)) continue;
      this.refuseWhenEnding();
      if (await this.waits(step, work)) return;
    }
    await this.finish(request, now);
  }

  private async waits(step: Step, work: Work): Promise<boolean> {
    const wait = await step.run(work);
    if (!wait) {
      await this.store.update(work.request, { $push: { steps: { name: step.name, doneAt: work.now } } });
      return false;
    }
    const { until: notBefore, reason } = wait;
    await this.store.update(work.request, { $set: { state: 'waiting', notBefore, reason, leaseUntil: new Date(0) } });
    return true;
  }

  private async finish({ _id, epoch }: PrivacyRequest, finishedAt: Date): Promise<void> {
    await this.store.update({ _id, epoch }, { $set: { finishedAt }, $unset: { reason: '' } });
    const finished = await this.store.require(_id);
    const proof = this.signer.hmac('privacy proof', canonicalJson(proofText(finished)));
    const { requestedBy, kind } = finished;
    await this.audit.note(requestedBy, deeds[kind], `/api/privacy/requests/${_id}`);
    const over = { state: 'done', proof, leaseUntil: new Date(0) };
    await this.store.update({ _id, epoch }, { $set: over, $unset: { open: '', subject: '' } });
  }

  private refuseWhenEnding(): void {
    if (this.ending) throw new Stopped('The process is about to end.');
  }

  /** Whatever fails is tried again until it works; the deadline is what people watch. */
  private async tryLater(request: PrivacyRequest, error: unknown, now: Date): Promise<void> {
    if (error instanceof MillraceError && error.code === 'lease_lost') return;
    if (error instanceof Stopped) return this.store.update(request, { $set: { leaseUntil: new Date(0) } });
    this.log.error({ error, request: request._id }, 'a request of a person failed; it is tried again');
    const reason = error instanceof MillraceError ? error.message : 'Something failed; see the log.';
    const notBefore = new Date(now.getTime() + afterFailure);
    await this.store.update(request, { $set: { state: 'waiting', notBefore, reason, leaseUntil: new Date(0) } });
  }
}
