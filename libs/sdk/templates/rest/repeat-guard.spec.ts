import { expect, it } from '@jest/globals';
import { RepeatGuard } from './repeat-guard.ts';

it('a cursor that stays the same is told apart: the API may keep the place by itself', () => {
  expect(() => new RepeatGuard().goOn('scroll-1', 'scroll-1')).toThrow(/the same page again.*\(a scroll\).*`read`/);
  const circle = new RepeatGuard();
  circle.goOn('one', 'two');
  expect(() => circle.goOn('one', 'two')).toThrow(/read before(?!.*scroll)/);
});
