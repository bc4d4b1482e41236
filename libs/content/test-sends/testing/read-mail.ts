import { simpleParser, type ParsedMail } from 'mailparser';
import { mailHash } from '../../compose/index.ts';

export interface ReadMail {
  parsed: ParsedMail;
  /** Over what was received and decoded, and nothing else. */
  hash: string;
}

const entities: Record<string, string> = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'" };

/** A mail as its recipient's program decodes it; its hash is made anew from that. */
export async function readMail(source: string): Promise<ReadMail> {
  const parsed = await simpleParser(Buffer.from(source, 'latin1'), {
    skipHtmlToText: true,
    skipTextToHtml: true,
    skipImageLinks: true,
    skipTextLinks: true,
  });
  const html = typeof parsed.html === 'string' ? parsed.html : '';
  const hidden = /<div style="display:none[^"]*">(.*?)(?:&#847;&zwnj;&nbsp;){30}<\/div>/s.exec(html)?.[1] ?? '';
  const subject = parsed.subject ?? '';
  const fromName = parsed.from?.value[0]?.name ?? '';
  const replyTo = rawHeader(parsed, 'Reply-To');
  const hash = mailHash({
    subject,
    preheader: hidden.replace(/&(amp|lt|gt|quot|#39);/g, (entity) => entities[entity] ?? entity),
    html,
    text: parsed.text ?? '',
    ...(fromName !== '' && { fromName }),
    headers: {
      Subject: subject,
      'Content-Language': rawHeader(parsed, 'Content-Language') ?? '',
      ...(replyTo !== undefined && { 'Reply-To': replyTo }),
    },
  });
  return { parsed, hash };
}

function rawHeader({ headerLines }: ParsedMail, name: string): string | undefined {
  return headerLines.find(({ key }) => key === name.toLowerCase())?.line.slice(`${name}: `.length);
}
