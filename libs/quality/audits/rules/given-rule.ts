import { compileCondition, compilePath, MillraceError, refuseVainTests } from '@millrace/sdk';
import type { FaultTest } from '../judging/index.ts';
import type { AuditRule, OwnRule, RuleLimits } from './audit-rule.ts';

/** What may be said of a rule; of a built-in one, its limits only. */
export type GivenRule = Partial<OwnRule>;

const tests = ['when', 'format', 'compare', 'stale', 'sameAs', 'varies'] as const;

/** A rule of one's own, with its defaults. Throws `bad_request`, `invalid_condition`, `invalid_mapping`. */
export function ownRuleIn({ enabled = true, severity = 'warning', tolerance = 0, ...given }: GivenRule): OwnRule {
  const { title, of, fault, ...rest } = given;
  if (title === undefined || of === undefined || fault === undefined)
    throw new MillraceError('bad_request', 'A rule of your own needs title, of and fault.');
  const rule = { title, of, fault, ...rest, enabled, severity, tolerance };
  checkTest(rule);
  return rule;
}

/** Throws `conflict` where more is given of a built-in rule. */
export function limitsIn(
  slug: string,
  { enabled, severity, tolerance, connections, ...others }: GivenRule,
): RuleLimits {
  const [other] = Object.keys(others);
  if (other !== undefined)
    throw new MillraceError(
      'conflict',
      `"${slug}" is a built-in rule, of which ${other} stays as it is: give enabled, severity, tolerance or connections only, or give your own rule another slug.`,
    );
  return {
    ...(enabled !== undefined && { enabled }),
    ...(severity !== undefined && { severity }),
    ...(tolerance !== undefined && { tolerance }),
    ...(connections !== undefined && { connections }),
  };
}

function checkTest(rule: FaultTest & Pick<AuditRule, 'of'>): void {
  const given = tests.filter((name) => rule[name] !== undefined);
  if (given.length !== 1) throw new MillraceError('bad_request', `A rule needs exactly one of ${tests.join(', ')}.`);
  if (rule.stale && rule.of !== 'profile')
    throw new MillraceError('bad_request', '`stale` is for profiles only: they have traits.');
  if (rule.when) {
    compileCondition(rule.when);
    refuseVainTests(rule.when);
  }
  const { format, compare, sameAs, varies } = rule;
  const paths = [
    ...(format?.fields ?? []),
    ...(compare ? [compare.field, compare.other] : []),
    ...(sameAs ?? []),
    ...(varies ? [varies.field, varies.within] : []),
  ];
  for (const path of paths) compilePath(path);
}
