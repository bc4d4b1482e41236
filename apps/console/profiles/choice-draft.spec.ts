import { expect, it } from '@jest/globals';
import { choiceBody, fittingOf, lacksOf, newChoice, questionsOf } from './choice-draft.ts';

const permission = (channel: string, purpose: string) => ({
  ...{ channel, purpose, allowed: true, reason: 'not_refused' as const },
});
const identity = (kind: string, value: string) => ({ kind, value, key: `${kind}:${value}` });

it('offers each purpose that is known, and all of a channel', () => {
  const known = [permission('email', 'news'), permission('sms', 'all')];
  expect(questionsOf(known).map(([value]) => value)).toEqual(['email news', 'email all', 'sms all']);
});

it('asks whose choice it is only where several fit', () => {
  const draft = { ...newChoice([['sms news', 'sms · news']]), source: 'call', evidence: ' C-1 ' };
  const one = [identity('email', 'a@x.com'), identity('phone', '+44')];
  expect(lacksOf(draft, one)).toEqual({});
  expect(choiceBody(draft, one)).toEqual({
    ...{ channel: 'sms', purpose: 'news', state: 'denied', identity: 'phone:+44' },
    ...{ source: 'call', evidence: { note: 'C-1' } },
  });
  const two = [...one, identity('phone', '+47')];
  expect(Object.keys(lacksOf(draft, two))).toEqual(['identity']);
  expect(lacksOf({ ...draft, identity: 'phone:+47' }, two)).toEqual({});
  expect(fittingOf({ ...draft, question: 'post news' }, two)).toEqual(two);
});
