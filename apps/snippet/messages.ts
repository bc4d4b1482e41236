declare const VERSION: string;

export type Fields = Record<string, unknown>;

/** What is sent: https://segment.com/docs/connections/spec/common/ */
export interface Message extends Fields {
  type: 'identify' | 'track' | 'page' | 'group';
  messageId: string;
  timestamp: string;
  context: Fields;
}

/** Something that a page told; whom it is about is added once that may be known. */
export type Told = Pick<Message, 'type'> & Fields;

/** 128 random bits as a UUID; also where crypto.randomUUID is missing, as on pages without TLS. */
export function randomId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] ?? 0) & 15) | 64;
  bytes[8] = ((bytes[8] ?? 0) & 63) | 128;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

/** With the time and the page of now. */
export function messageOf(told: Told, page: Fields): Message {
  return { ...told, messageId: randomId(), timestamp: new Date().toISOString(), context: contextOf(page) };
}

/** The page that is shown. */
export function pageFields(referrer: string): Fields {
  const { href, pathname, search } = location;
  return { url: href, path: pathname, search, title: document.title, referrer };
}

function contextOf(page: Fields): Fields {
  const campaign = campaignIn(location.search);
  return {
    page,
    locale: navigator.language,
    library: { name: 'millrace.js', version: VERSION },
    ...(campaign && { campaign }),
  };
}

/** The `utm_…` of an address, as https://segment.com/docs/connections/spec/common/#context-fields-automatically-collected has them. */
function campaignIn(search: string): Fields | undefined {
  const campaign: Fields = {};
  new URLSearchParams(search).forEach((value, name) => {
    if (name.startsWith('utm_')) campaign[name === 'utm_campaign' ? 'name' : name.slice(4)] = value;
  });
  return Object.keys(campaign).length > 0 ? campaign : undefined;
}
