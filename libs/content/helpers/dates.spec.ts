import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import Handlebars from 'handlebars';
import { registerHelpers } from './register.ts';
import { midnight, momentOfWall, wallClock } from './zoned-time.ts';

const environment = Handlebars.create();
registerHelpers(environment, () => undefined);

function render(template: string, data: object, frame: { now?: string; locale?: string; timeZone?: string } = {}) {
  return environment.compile(template, { noEscape: true })(data, { data: frame });
}

const berlin = 'Europe/Berlin';
const shown = 'format="yyyy-MM-dd HH:mm XXX"';

describe('dateMath', () => {
  it.each([
    ['"midnight" "+0d"', '2024-03-31T12:00:00Z', '2024-03-31 00:00 +01:00'], // clocks were put forward that night
    ['"midnight" "+0d"', '2024-10-27T12:00:00Z', '2024-10-27 00:00 +02:00'], // and back
    ['"midnight" "+3d"', '2024-03-29T12:00:00Z', '2024-04-01 00:00 +02:00'],
    ['"midnight" "+1w"', '2024-10-25T12:00:00Z', '2024-11-01 00:00 +01:00'],
    ['"midnight" "+1M"', '2023-03-01T12:00:00Z', '2023-04-01 00:00 +02:00'], // still February in UTC
    ['"midnight" "+1M-1d"', '2024-01-31T12:00:00Z', '2024-02-28 00:00 +01:00'],
    ['"now" "+1d"', '2024-03-30T22:30:00Z', '2024-03-31 23:30 +02:00'],
    ['"now" "+1d"', '2024-03-30T01:30:00Z', '2024-03-31 03:30 +02:00'], // 02:30 is skipped
    ['"now" "+24h"', '2024-03-30T22:30:00Z', '2024-04-01 00:30 +02:00'],
    ['"now" "+1y"', '2024-02-29T22:30:00Z', '2025-02-28 23:30 +01:00'],
  ])('%s at %s', (call, now, expected) =>
    expect(render(`{{dateMath ${call} ${shown}}}`, {}, { now, timeZone: berlin })).toBe(expected),
  );

  it('tells of dates that are too far away', () => {
    const frame = { now: '2024-01-01T00:00:00Z', timeZone: berlin };
    for (const far of ['+999999y', '-999999y', '+999999M+999999M+999999M', '+999999w'])
      expect(() => render(`{{dateMath "now" "${far}+999999y"}}`, {}, frame)).toThrow(/too far away/);
  });
});

describe('dateFormat', () => {
  it.each([
    ['2024-02-29', 'd MMMM HH:mm', 'en', 'America/New_York', '29 February 00:00'], // a birthday is the same day everywhere
    ['2024-02-29', 'd MMMM', 'en', '+14:00', '29 February'],
    ['2024-02', 'MMMM yyyy', 'en', 'America/New_York', 'February 2024'],
    ['2024-02-29T00:00:00Z', 'd MMMM', 'en', 'America/New_York', '28 February'],
    ['2024-02-30', 'd MMMM', 'en', 'UTC', '2024-02-30'],
    ['2024-1-5', 'd MMMM', 'en', 'UTC', '2024-1-5'],
    ['2024-03-31T12:00:00Z', 'HH:mm z', 'en', '+02:00', '14:00 GMT+02:00'],
    ['2024-03-31T12:00:00Z', 'HH:mm z', 'en', berlin, '14:00 GMT+2'],
    ['2024-03-31T12:00:00Z', 'd MMMM yyyy', 'fa', 'UTC', '31 مارس 2024'], // not the Persian month beside a Gregorian day
    ['2024-06-30T12:00:00Z', 'yyyy MMMM', 'ja', 'UTC', '2024 6月'],
    ['2024-06-30T12:00:00Z', 'd MMM', 'cs', 'UTC', '30 čvn'],
    ['2024-06-30T12:00:00Z', 'd MMMM', 'pl', 'UTC', '30 czerwca'],
    ['2024-06-30T12:00:00Z', 'LLLL yyyy', 'pl', 'UTC', 'czerwiec 2024'],
    ['2024-06-30T15:05:00Z', 'ah:mm', 'ja', 'UTC', '午後3:05'],
    ['2024-06-30T03:05:00Z', 'h:mm a', 'ar-EG', 'UTC', '3:05 ص'],
    ['2024-06-30T15:05:00Z', 'h:mm a', 'de', 'UTC', '3:05 PM'],
    ['0001-01-01T00:00:00Z', 'yyyy-MM-dd XXX', 'en', '+01:00', '0001-01-01 +01:00'],
    ['9999-12-31T23:59:59Z', 'yyyy-MM-dd', 'en', berlin, '10000-01-01'],
  ])('%s as %s in %s, %s', (at, format, locale, timeZone, expected) =>
    expect(render('{{dateFormat at format}}', { at, format }, { locale, timeZone })).toBe(expected),
  );

  it('shows what it cannot read as it is, and throws for no value', () => {
    const values = fc.oneof(
      fc.jsonValue(),
      fc.constantFrom(8.64e15, -8.64e15, 8.65e15, '8640000000000000', '-271821-04-20', '+275760-09-13'),
      fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
      fc.stringMatching(/^\d{4}-\d\d[-\d T:Z+]{0,20}$/),
    );
    const zone = fc.constantFrom('UTC', berlin, '+14:00', '-0930', 'America/Sao_Paulo', 'Pacific/Apia');
    const format = fc.constantFrom('', 'full', "yyyy-MM-dd'T'HH:mm:ss.SSS XXX z", 'EEEE D u LLLL MMM a hh');
    const locale = fc.constantFrom('en', 'xx', 'zh-Hant-TW', 'ar-EG', 'fa-IR', 'th-TH-u-ca-buddhist');
    fc.assert(
      fc.property(values, zone, format, locale, (at, timeZone, format, locale) => {
        expect(render('{{dateFormat at format}}', { at, format }, { timeZone, locale })).toEqual(expect.any(String));
      }),
    );
  });
});

describe('clocks of a zone', () => {
  const zones = fc.constantFrom(berlin, 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kathmandu', '-08:00', 'UTC');
  const dates = fc.date({ min: new Date('1990-01-01'), max: new Date('2037-12-31'), noInvalidDate: true });

  it('show each moment, and lead back to it, or to the earlier one that they show alike', () => {
    fc.assert(
      fc.property(dates, zones, (date, zone) => {
        const back = momentOfWall(wallClock(date, zone), zone);
        expect(wallClock(back, zone)).toEqual(wallClock(date, zone));
        expect(back.getTime()).toBeLessThanOrEqual(date.getTime());
      }),
    );
  });

  it('show the start of their day at midnight', () => {
    fc.assert(
      fc.property(dates, zones, (date, zone) => {
        const start = wallClock(midnight(date, zone), zone).toISOString();
        expect(start).toBe(`${wallClock(date, zone).toISOString().slice(0, 10)}T00:00:00.000Z`);
      }),
    );
  });
});
