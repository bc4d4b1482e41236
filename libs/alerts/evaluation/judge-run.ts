import { isWhole, type EndedRun } from '#sync';
import type { Finding } from '../alerts/finding.ts';
import type { AlertKind, RuleConditions } from '../rules/rule.schema.ts';

type Judgement = Omit<Extract<Finding, { holds: true }>, 'kind' | 'holds' | 'occasion' | 'since' | 'run'>;

/** What an ended run says: true, with the reason; false; undefined: nothing. */
type Judge = (run: EndedRun, on: RuleConditions) => Judgement | false | undefined;

const judges: Partial<Record<AlertKind, Judge>> = {
  failed({ state, error, reason }) {
    if (state !== 'failed') return false;
    const message = error?.message ?? reason ?? 'The run gave no reason.';
    return { message, code: error?.code, connection: error?.connection };
  },

  nothingRead(run) {
    if (run.state !== 'succeeded' || !isWhole(run)) return undefined;
    const notice = run.notices?.find(({ code }) => code === 'nothing_read');
    return notice ? { message: notice.message, connection: run.plan.from.connection } : false;
  },

  rejectShare(run, { rejectShare: limit = 1 }) {
    const { read, rejected } = run.ledger;
    if (!isWhole(run)) return undefined;
    if (read > 0 && rejected / read > limit) {
      return { message: `${percent(rejected / read)} of ${read} rows were rejected; the limit is ${percent(limit)}.` };
    }
    return run.state === 'succeeded' ? false : undefined;
  },

  drift({ state, notices, drift = [], plan }) {
    if (plan.drift === 'ignore' || drift.length === 0) return state === 'succeeded' ? false : undefined;
    const notice = notices?.find(({ code }) => code === 'drift');
    return { message: notice?.message ?? listOf(drift), connection: plan.from.connection };
  },
};

/** What a run that ended means to a rule. One that an operator ended means nothing. */
export function judgeRun(run: EndedRun, on: RuleConditions): Finding[] {
  if (wasEndedByOperator(run) || !run.endedAt) return [];
  const findings: Finding[] = [];
  for (const kind of Object.keys(on) as AlertKind[]) {
    const judged = judges[kind]?.(run, on);
    if (judged === false) findings.push({ kind, holds: false });
    else if (judged)
      findings.push({ kind, holds: true, occasion: run._id, run: run._id, since: run.endedAt, ...judged });
  }
  return findings;
}

/** Who says that a connection leads to another place wants that the run does not go on there. */
function wasEndedByOperator({ state, error }: EndedRun): boolean {
  return state === 'cancelled' || error?.code === 'connection_moved';
}

/** Of a run that failed before it could describe them. */
function listOf(drift: { field: string }[]): string {
  const fields = drift.slice(0, 10).map(({ field }) => field);
  const more = drift.length > fields.length ? ` and ${drift.length - fields.length} more` : '';
  return `Fields of the source changed: ${fields.join(', ')}${more}.`;
}

function percent(share: number): string {
  return `${Math.round(share * 1_000) / 10} %`;
}
