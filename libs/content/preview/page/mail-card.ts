import type { NotSent } from '../../compose/index.ts';
import { html, type Html } from '#platform';
import { partNames } from './tokens-table.ts';

/** What is shown of a mail. */
export interface ShownMail {
  subject: string;
  preheader: string;
  text: string;
  fromName?: string;
  /** Whom the mail is for, as people know them. */
  person: string;
  notSent: NotSent | null;
}

/** The mail as its recipient gets it: the envelope, and the HTML on a desktop, on a phone, or the plain text. */
export function mailCard(mail: ShownMail, mailPath: string): Html {
  const { subject, person } = mail;
  return html`<article class="card" aria-label="The mail">
    <div class="envelope">
      <span class="avatar" aria-hidden="true">${[...person][0]?.toUpperCase() ?? '?'}</span>
      <div>
        <h2 dir="auto">${subject === '' ? '(no subject)' : subject}</h2>
        ${mail.preheader === '' ? undefined : html`<p dir="auto">${mail.preheader}</p>`}
        <p class="to">${mail.fromName ? html`from <b>${mail.fromName}</b> ` : undefined}to <b>${person}</b></p>
      </div>
    </div>
    ${notSentNote(mail)} ${views(mail, mailPath)}
  </article>`;
}

function notSentNote({ notSent }: ShownMail): Html | undefined {
  if (!notSent) return undefined;
  const { reason, part, line } = notSent;
  const place = html`<span class="small">${partNames[part]}${line === undefined ? '' : `, line ${line}`}</span>`;
  return html`<p class="not-sent" role="note"><b>Would not be sent:</b> ${reason} ${place}</p>`;
}

/** Radio buttons instead of a script: they work with the keyboard and without JavaScript. */
function views({ text, subject }: ShownMail, mailPath: string): Html {
  return html`<div class="views" role="group" aria-label="View">
    <input type="radio" name="view" id="desktop" checked /><input type="radio" name="view" id="mobile" /><input
      type="radio"
      name="view"
      id="plain"
    />
    <div class="tabs">
      <label for="desktop">Desktop</label><label for="mobile">Mobile</label><label for="plain">Plain text</label>
    </div>
    <div class="mail">
      <iframe sandbox="" src="${mailPath}" title="${subject}" referrerpolicy="no-referrer"></iframe>
    </div>
    <pre class="plain" tabindex="0" dir="auto">${text}</pre>
  </div>`;
}
