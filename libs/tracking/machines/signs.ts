/** Why a request is taken for a machine's. */
export type MachineReason =
  | 'apple_mail_privacy'
  | 'gmail_prefetch'
  | 'security_scanner'
  | 'link_preview'
  | 'bot'
  | 'prefetch'
  | 'head_request'
  | 'no_user_agent'
  | 'too_soon';

export interface AgentSign {
  /** Of the whole user agent. */
  agent: RegExp;
  reason: MachineReason;
}

/**
 * User agents of programs that load pixels and follow links without anybody having opened the mail. The first that fits counts. Many scanners call themselves
 * browsers: those are seen by their haste, or not at all.
 */
export const agentSigns: readonly AgentSign[] = [
  // Mail Privacy Protection loads all pictures when a mail arrives, through a proxy that says no more than this.
  { agent: /^Mozilla\/5\.0$/, reason: 'apple_mail_privacy' },
  // https://bird.com/en-us/blog/gmail-prefetching-images: before the mail is shown, where the account is open at that moment.
  {
    agent: /^Mozilla\/5\.0 \(Windows NT 10\.0; Win64; x64\) .*Chrome\/42\.0\.2311\.135 .*Edge\/12\.246 Mozilla\/5\.0$/,
    reason: 'gmail_prefetch',
  },
  // Gateways that look at mails and links before people do.
  {
    agent:
      /barracuda|proofpoint|mimecast|safelinks|ironport|cisco ?secure ?email|trend ?micro|\btmes\b|fortimail|fortinet|sophos|forcepoint|fireeye|trellix|symantec|messagelabs|zscaler|cloudmark|vade(?:secure| ?retro)|hornetsecurity|avanan|check ?point|mailguard|spamtitan|spamexperts|rspamd|virustotal|urlscan|phishtank|safebrowsing|googlesafety/i,
    reason: 'security_scanner',
  },
  // Programs that show what is behind a link.
  {
    agent:
      /bingpreview|skypeuripreview|slackbot|slack-imgproxy|facebookexternalhit|facebookexternalua|whatsapp|telegrambot|twitterbot|linkedinbot|discordbot|pinterestbot|embedly|iframely|google-pagerenderer|snap url preview/i,
    reason: 'link_preview',
  },
];

/** Mailbox providers that load pictures through their own servers once somebody opens the mail: a person, of whom nothing else can be told. */
export const proxySigns: readonly { agent: RegExp; proxy: string }[] = [
  // The first load of a mail's picture; what is shown again comes from its cache: https://support.google.com/a/answer/3299041
  { agent: /GoogleImageProxy/, proxy: 'gmail' },
  { agent: /YahooMailProxy/, proxy: 'yahoo' },
];

/** Headers by which browsers and mail programs tell that nobody has looked yet. */
export const prefetchHeaders: readonly { name: string; value: RegExp }[] = [
  { name: 'sec-purpose', value: /prefetch|prerender/i },
  { name: 'purpose', value: /prefetch|preview/i },
  { name: 'x-purpose', value: /prefetch|preview/i },
  { name: 'x-moz', value: /prefetch/i },
];

/** Milliseconds after the link was made in which nobody can have got the mail and opened it. */
export const tooSoon = 5_000;
