import type { Finding } from '../alerts/finding.ts';
import type { RuleConditions } from '../rules/rule.schema.ts';
import type { SurveyedTrigger, TroubledFiring } from '../triggers/index.ts';

/** So many attempts in a row are more than a hiccup of the other side. */
const failuresUntilTold = 3;
/** What befell single firings counts for so long after the last one, in milliseconds: it may befall every tenth. */
const remembered = 3_600_000;

/** What the present state of a trigger means to a rule. One that somebody has paused means nothing. */
export function judgeTrigger(trigger: SurveyedTrigger, on: RuleConditions, now: Date): Finding[] {
  const findings: Finding[] = [];
  if (on.triggerFailing) findings.push(failing(trigger, now));
  if (on.triggerHeld) findings.push(held(trigger, now));
  return findings;
}

function failing(trigger: SurveyedTrigger, now: Date): Finding {
  const { slug, paused, failures, failingSince, lastError, givenUp, connection } = trigger;
  const kind = 'triggerFailing';
  const cause = connection === undefined ? {} : { connection };
  if (paused) return { kind, holds: false, leftAlone: true };
  if (failures >= failuresUntilTold && lastError) {
    const { code, at, firing } = lastError;
    const message = `${failures} attempts in a row failed (${code}). ${reasonAt(slug, firing)}`;
    return { kind, holds: true, occasion: `attempts ${code}`, since: failingSince ?? at, message, code, ...cause };
  }
  if (!isRecent(givenUp, now)) return { kind, holds: false };
  const { code, at, firing } = givenUp;
  const message = `A firing was given up (${code}). ${reasonAt(slug, firing)}`;
  return { kind, holds: true, occasion: `given up ${code}`, since: at, message, code, ...cause };
}

function held({ slug, paused, held, heldFiring }: SurveyedTrigger, now: Date): Finding {
  const kind = 'triggerHeld';
  if (paused) return { kind, holds: false, leftAlone: true };
  if (held)
    return { kind, holds: true, occasion: `held ${held.at.toISOString()}`, since: held.at, message: held.reason };
  if (!isRecent(heldFiring, now)) return { kind, holds: false };
  const message = `It fired too often for one person (limits.perPerson). ${reasonAt(slug, heldFiring.firing)}`;
  return { kind, holds: true, occasion: 'firing held', since: heldFiring.at, message };
}

function isRecent<T extends TroubledFiring>(firing: T | undefined, now: Date): firing is T {
  return firing !== undefined && now.getTime() - firing.at.getTime() < remembered;
}

function reasonAt(slug: string, firing: string): string {
  return `Firing ${firing} has the reason: GET /api/triggers/${slug}/firings.`;
}
