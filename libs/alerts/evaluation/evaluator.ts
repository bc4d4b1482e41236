import { Injectable } from '@nestjs/common';
import { hashText } from '#platform';
import { SyncSurvey, type EndedRun, type SurveyedSync } from '#sync';
import { AlertBook } from '../alerts/alert-book.ts';
import type { Finding, Watched } from '../alerts/finding.ts';
import type { Standing } from '../alerts/standing.ts';
import { AlertCollections } from '../collections.ts';
import { Announcer } from '../messages/announcer.ts';
import { ruleCovers, ruleCoversTrigger } from '../rules/rule-covers.ts';
import { triggerKinds, type AlertKind, type AlertRule } from '../rules/rule.schema.ts';
import { WatchedRequests } from '../requests/index.ts';
import { WatchedTriggers } from '../triggers/index.ts';
import type { JudgedMark } from './judged-mark.schema.ts';
import { judgeRequests, watchedDue } from './judge-requests.ts';
import { judgeRun } from './judge-run.ts';
import { judgeSync } from './judge-sync.ts';
import { judgeTrigger } from './judge-trigger.ts';

const syncsAtATime = 500;
const runsAtATime = 100;

/** Looks at all syncs, triggers and due requests with all rules: opens alerts, lets them recover, has them told. */
@Injectable()
export class Evaluator {
  constructor(
    private readonly collections: AlertCollections,
    private readonly survey: SyncSurvey,
    private readonly triggers: WatchedTriggers,
    private readonly requests: WatchedRequests,
    private readonly book: AlertBook,
    private readonly announcer: Announcer,
  ) {}

  /** Every step can be repeated: after a crash the next look goes on where this one ended. */
  async look(now = new Date()): Promise<void> {
    const rules = await this.collections.rules.find({ enabled: true }).toArray();
    const standing = await this.book.standing(now);
    if (rules.length > 0) await this.judgeSyncs(rules, standing, now);
    await this.judgeTriggers(rules, standing, now);
    await this.judgeRequests(rules, standing, now);
    await this.book.withdraw(standing);
    await this.book.close();
    await this.announcer.announce(now);
  }

  private async judgeSyncs(rules: AlertRule[], standing: Standing, now: Date): Promise<void> {
    const version = versionOf(rules);
    for (let after: string | undefined; ;) {
      const syncs = await this.survey.page(after, syncsAtATime);
      const marks = await this.marksOf(syncs);
      for (const sync of syncs) {
        const watching = rules.filter((rule) => ruleCovers(rule, sync));
        for (const { _id, on } of watching) {
          for (const kind of Object.keys(on) as AlertKind[]) standing.watch(_id, kind, sync._id);
        }
        await this.judgeRuns(sync, watching, marks.get(sync._id), version, standing);
        for (const { _id, on } of watching) await this.note(_id, sync, judgeSync(sync, on, now), now, standing);
      }
      after = syncs.at(-1)?._id;
      if (syncs.length < syncsAtATime) return;
    }
  }

  private async judgeTriggers(rules: AlertRule[], standing: Standing, now: Date): Promise<void> {
    const asking = rules.filter(({ on }) => triggerKinds.some((kind) => on[kind] !== undefined));
    if (asking.length === 0) return;
    for (const trigger of await this.triggers.all()) {
      const { slug, name } = trigger;
      for (const rule of asking.filter((one) => ruleCoversTrigger(one, slug))) {
        for (const kind of triggerKinds) if (rule.on[kind] !== undefined) standing.watch(rule._id, kind, slug);
        const findings = judgeTrigger(trigger, rule.on, now);
        await this.note(rule._id, { _id: slug, slug, name }, findings, now, standing);
      }
    }
  }

  private async judgeRequests(rules: AlertRule[], standing: Standing, now: Date): Promise<void> {
    const asking = rules.filter(({ on }) => on.privacyDue !== undefined);
    if (asking.length === 0) return;
    for (const due of watchedDue(now)) {
      const { watched, time } = due;
      const finding = judgeRequests(await this.requests.due(time), due);
      for (const { _id } of asking) {
        standing.watch(_id, finding.kind, watched._id);
        await this.note(_id, watched, [finding], now, standing);
      }
    }
  }

  /** Each run that ended since the last look, in order; the last one again when the rules have changed. */
  private async judgeRuns(
    sync: SurveyedSync,
    rules: AlertRule[],
    mark: JudgedMark | undefined,
    version: string,
    standing: Standing,
  ): Promise<void> {
    const last = sync.lastRun?.id;
    if (last === undefined || (mark?.run === last && mark.rules === version)) return;
    const first = mark && mark.run < last ? mark.run : last; // a clock that was set back makes ids that are less
    const inclusive = first === last || mark?.rules !== version;
    const runs = await this.survey.endedRuns(sync._id, first, { inclusive, limit: runsAtATime });
    for (const run of runs) {
      for (const rule of rules) {
        if (run._id === last || isNews(run, rule)) await this.noteRun(rule, sync, run, standing);
      }
      await this.mark(sync._id, run._id, version);
    }
    // Of a run that ends, the sync says so a moment before the run itself; else its runs were removed.
    const isEnding = sync.activeRun?._id === last;
    if (runs.length === 0 && !isEnding) await this.mark(sync._id, last, version);
  }

  private async mark(sync: string, run: string, rules: string): Promise<void> {
    await this.collections.marks.updateOne({ _id: sync }, { $set: { run, rules, at: new Date() } }, { upsert: true });
  }

  private noteRun({ _id, on }: AlertRule, sync: SurveyedSync, run: EndedRun, standing: Standing): Promise<void> {
    return this.note(_id, sync, judgeRun(run, on), run.endedAt ?? new Date(), standing);
  }

  private async note(rule: string, watched: Watched, findings: Finding[], at: Date, standing: Standing): Promise<void> {
    for (const finding of findings) {
      if (finding.holds) await this.book.raise(rule, watched, finding, standing);
      else if (finding.leftAlone) standing.unwatch(rule, finding.kind, watched._id);
      else await this.book.clear(rule, finding.kind, watched._id, at, standing);
    }
  }

  private async marksOf(syncs: SurveyedSync[]): Promise<Map<string, JudgedMark>> {
    const marks = await this.collections.marks.find({ _id: { $in: syncs.map(({ _id }) => _id) } }).toArray();
    return new Map(marks.map((mark) => [mark._id, mark]));
  }
}

/** Runs from before a rule took its present form are history to it, but for the last one. */
function isNews({ endedAt }: EndedRun, { updatedAt }: AlertRule): boolean {
  return endedAt !== undefined && endedAt >= updatedAt;
}

function versionOf(rules: AlertRule[]): string {
  const parts = rules.map(({ _id, updatedAt }) => `${_id} ${updatedAt.getTime()}`).sort();
  return hashText(parts.join('\n')).slice(0, 16);
}
