import type { Message } from '#collect';
import { hashText } from '#platform';
import type { Judgement } from '../machines/index.ts';
import type { TrackingToken } from '../tokens/index.ts';
import type { Visitor } from './visitor.ts';

const minute = 60_000;

export interface SeenVisit {
  token: TrackingToken;
  judgement: Judgement;
  /** Names the person. */
  identity: { kind: string; value: string };
  receivedAt: Date;
  /** Where IP address and user agent are kept. */
  visitor?: Visitor;
}

/**
 * An open or a click as a message of the inbox. Names of events and fields are those of Segment's e-mail specification
 * (https://segment.com/docs/connections/spec/email/) as far as it has them. What the same sort of visitor does twice within a minute of the clock is one
 * event: mail programs load a picture again when their preview becomes a window.
 */
export function eventMessage({ token, judgement, identity, receivedAt, visitor }: SeenVisit): Message {
  const { mail, link } = token;
  const { machine, reason, proxy } = judgement;
  const event = link ? 'Email Link Clicked' : 'Email Opened';
  const time = Math.floor(receivedAt.getTime() / minute);
  const same = JSON.stringify([event, mail.person, mail.message, link?.url ?? '', reason ?? '', time]);
  const at = receivedAt.toISOString();
  return {
    type: 'track',
    messageId: hashText(same).slice(0, 40),
    identities: { [identity.kind]: identity.value },
    timestamp: at,
    receivedAt: at,
    event,
    properties: {
      email_id: mail.message,
      ...(mail.template !== undefined && { template: mail.template }),
      ...(mail.campaign !== undefined && { campaign_id: mail.campaign }),
      ...(link && { link_url: link.url, ...(link.label !== undefined && { link_label: link.label }) }),
      machine,
      ...(reason && { machine_reason: reason }),
      ...(proxy !== undefined && { proxy }),
    },
    ...(visitor && { context: { ip: visitor.ip, userAgent: visitor.headers['user-agent']?.slice(0, 500) } }),
  };
}
