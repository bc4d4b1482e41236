import { describe, expect, it } from '@jest/globals';
import { judgeVisit } from './index.ts';

const chrome =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36';
const hour = 3_600_000;
const judge = (agent: string | undefined, more: object = {}, method = 'GET', age = hour) =>
  judgeVisit({ method, headers: { ...(agent !== undefined && { 'user-agent': agent }), ...more }, age });

describe('judgeVisit', () => {
  it.each([
    ['Chrome', chrome],
    [
      'an iPhone',
      'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148',
    ],
    [
      'Apple Mail without its protection',
      'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko)',
    ],
    ['Thunderbird', 'Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Thunderbird/128.4.0'],
    ['Outlook', 'Mozilla/4.0 (compatible; ms-office; MSOffice rmj)'],
    ['Edge', `${chrome} Edg/131.0.0.0`],
  ])('takes %s for a person', (_, agent) => {
    expect(judge(agent)).toEqual({ machine: false });
  });

  it.each([
    ['gmail', 'Mozilla/5.0 (Windows NT 5.1; rv:11.0) Gecko Firefox/11.0 (via ggpht.com GoogleImageProxy)'],
    ['yahoo', 'YahooMailProxy; https://help.yahoo.com/kb/yahoo-mail-proxy-SLN28749.html'],
  ])('takes the proxy of %s for somebody who has opened the mail', (proxy, agent) => {
    expect(judge(agent)).toEqual({ machine: false, proxy });
    expect(judge(agent, { 'sec-purpose': 'prefetch' })).toEqual({ machine: true, reason: 'prefetch', proxy });
  });

  it.each([
    ['apple_mail_privacy', 'Mozilla/5.0'],
    [
      'gmail_prefetch',
      'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/42.0.2311.135 Safari/537.36 Edge/12.246 Mozilla/5.0',
    ],
    ['security_scanner', 'Mozilla/5.0 (compatible; Barracuda Sentinel (EE))'],
    ['security_scanner', 'Mozilla/5.0 (Windows NT 10.0) Proofpoint-URL-Defense'],
    ['security_scanner', 'CiscoSecureEmail'],
    ['security_scanner', 'Mimecast-URL-Protect/1.0'],
    ['link_preview', 'Mozilla/5.0 (Windows NT 6.1; WOW64) AppleWebKit/534+ (KHTML, like Gecko) BingPreview/1.0b'],
    ['link_preview', 'Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)'],
    ['bot', 'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)'],
    ['bot', 'python-requests/2.32.3'],
    ['bot', 'curl/8.10.1'],
    ['no_user_agent', ''],
    ['no_user_agent', undefined],
  ])('tells %s by the name', (reason, agent) => {
    expect(judge(agent)).toEqual({ machine: true, reason });
  });

  it('tells prefetching, looking only, and haste of what calls itself a browser', () => {
    expect(judge(chrome, { 'sec-purpose': 'prefetch;prerender' })).toMatchObject({ reason: 'prefetch' });
    expect(judge(chrome, { purpose: 'prefetch' })).toMatchObject({ reason: 'prefetch' });
    expect(judge(chrome, { 'x-moz': 'prefetch' })).toMatchObject({ reason: 'prefetch' });
    expect(judge(chrome, {}, 'HEAD')).toMatchObject({ reason: 'head_request' });
    expect(judge(chrome, {}, 'GET', 1_000)).toMatchObject({ machine: true, reason: 'too_soon' });
    expect(judge(chrome, {}, 'GET', 6_000)).toEqual({ machine: false });
  });
});
