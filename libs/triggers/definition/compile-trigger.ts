import {
  invalidCondition,
  MillraceError,
  parseDuration,
  readTimedCondition,
  type Condition,
  type ConditionLanguage,
  type Json,
  type Row,
} from '@millrace/sdk';
import type { Cause } from '#profiles';
import {
  usualLimits,
  usualMaxAge,
  type TriggerCause,
  type TriggerDefinition,
  type Unless,
  type ValueTest,
} from './definition.ts';
import { checkShape } from './definition-schema.ts';

/** An event as conditions see it. */
export type EventRow = Row & { name: string; at: string; properties: Row };

/** A trigger, ready to be held against causes. */
export interface CompiledDefinition {
  definition: TriggerDefinition;
  /** Milliseconds. */
  wait: number;
  coolDown: number;
  maxAge: number;
  perPerson: number;
  perHour: number;
  /** Whether the cause is what it waits for. */
  isCause(cause: Cause): boolean;
  /** Names of events that make it give up. */
  unlessEvents: string[];
  unlessOrders: boolean;
  isUnless(event: EventRow): boolean;
}

const longest = 64 * 1024;
const longestWait = 30 * 86_400_000;
const eventHeads = ['name', 'at', 'properties'];

/** Throws `bad_request` and `invalid_condition` that name the place. */
export function compileTrigger(definition: TriggerDefinition): CompiledDefinition {
  if (JSON.stringify(definition).length > longest)
    throw new MillraceError('bad_request', 'A trigger has at most 64 KB. Use shorter conditions and mappings.');
  checkShape(definition);
  const { on, wait, unless, coolDown, maxAge = usualMaxAge, limits, requires, do: action } = definition;
  if (unless && wait === undefined)
    throw new MillraceError('bad_request', '`unless` needs `wait`: how long after the cause it is looked.');
  if (requires && 'sync' in action)
    throw new MillraceError(
      'bad_request',
      '`requires` is about a person; a sync is started for everybody. Leave it out.',
    );
  return {
    definition,
    wait: milliseconds('wait', wait),
    coolDown: milliseconds('coolDown', coolDown),
    maxAge: milliseconds('maxAge', maxAge),
    ...usualLimits,
    ...limits,
    isCause: causeTest(on),
    unlessEvents: unless?.events?.map(({ name }) => name) ?? [],
    unlessOrders: unless?.orders ?? false,
    isUnless: unlessTest(unless),
  };
}

function milliseconds(field: string, text: string | undefined): number {
  if (text === undefined) return 0;
  const length = parseDuration(text)?.milliseconds ?? Infinity;
  if (length <= longestWait) return length;
  throw new MillraceError('bad_request', `\`${field}\` is at most 30 days, such as 45min, 4h or 2d.`);
}

function causeTest(on: TriggerCause): (cause: Cause) => boolean {
  if ('event' in on) {
    const holds = eventTest(on.where, 'on.where');
    return (cause) =>
      cause.kind === 'event' &&
      cause.name === on.event &&
      holds({ name: cause.name, at: cause.at.toISOString(), properties: cause.properties });
  }
  if ('trait' in on) {
    const [from, to] = [valueTest(on.from, 'on.from'), valueTest(on.to, 'on.to')];
    return (cause) =>
      cause.kind === 'trait' &&
      cause.trait === on.trait &&
      (on.newPeople === true || !cause.newcomer) &&
      from(cause.from) &&
      to(cause.to);
  }
  const [audience, entered] = 'entersAudience' in on ? [on.entersAudience, true] : [on.leavesAudience, false];
  return (cause) =>
    cause.kind === 'audience' && cause.audience === audience && cause.entered === entered && !cause.defined;
}

function unlessTest(unless: Unless | undefined): (event: EventRow) => boolean {
  const tests =
    unless?.events?.map(({ name, where }, i) => ({ name, holds: eventTest(where, `unless.events[${i}].where`) })) ?? [];
  return (event) => tests.some(({ name, holds }) => name === event.name && holds(event));
}

const language: ConditionLanguage = {
  checkField(field, place) {
    const head = /^\s*([^.[]*)/.exec(field)?.[1] ?? '';
    if (!eventHeads.includes(head))
      throw invalidCondition(place, `events have no "${field}"; use properties.…, name or at`);
  },
};

function eventTest(where: Condition | undefined, place: string): (event: EventRow) => boolean {
  if (where === undefined) return () => true;
  const condition = readTimedCondition(where, language, place);
  return (event) => condition.holds(event, Date.now());
}

function valueTest(test: ValueTest | undefined, place: string): (value: Json | undefined) => boolean {
  if (test === undefined) return () => true;
  const condition = readTimedCondition({ field: 'value', ...test }, {}, place);
  return (value) => condition.holds({ value }, Date.now());
}
