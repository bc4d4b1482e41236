import { createHash } from 'node:crypto';
import { html, Html } from '#platform';
import type { ActedState, OfferedPurpose, PreferenceState } from './preferences.ts';
import { preferenceStyle } from './preference-style.ts';
import { texts, type Language } from './preference-texts.ts';

const styleHash = createHash('sha256').update(preferenceStyle).digest('base64');

/** Nothing runs and nothing is loaded; forms lead back here. Nothing is kept, indexed or told to other sites. */
export function preferenceHeaders(language: Language): Record<string, string> {
  return {
    'Cache-Control': 'no-store',
    'Content-Language': language,
    'Content-Security-Policy': `default-src 'none'; style-src 'sha256-${styleHash}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`,
    'Referrer-Policy': 'no-referrer',
    Vary: 'Accept-Language',
    'X-Content-Type-Options': 'nosniff',
    'X-Frame-Options': 'DENY',
    'X-Robots-Tag': 'noindex, nofollow',
  };
}

/** The page for the holder of a link, after a choice with what came of it. Forms go to the page's own address. */
export function preferencePage(state: PreferenceState | ActedState, language: Language): string {
  const { subject, own, purposes } = state;
  const say = texts[language];
  return document(
    language,
    say.title,
    html`<h1>${say.title}</h1>
      <p>${say.intro(maskedValue(subject.identity))}</p>
      ${'withheld' in state ? whatCame(state, language) : undefined} ${own && ownPurpose(own, language)}
      <section>
        <form method="post">
          <fieldset>
            <legend>${say.choose}</legend>
            ${purposes.map((purpose) => checkbox(purpose, language))}
          </fieldset>
          ${purposes.map(shownState)}
          <button name="action" value="choose">${say.save}</button>
        </form>
      </section>
      <section>
        ${oneButton('all', say.all)}
        <p class="soft">${say.allHint}</p>
      </section>`,
  );
}

/** A page that says one thing. */
export function preferenceNotice(language: Language, [title, text]: readonly [string, string]): string {
  return document(
    language,
    title,
    html`<h1>${title}</h1>
      <p>${text}</p>`,
  );
}

function whatCame({ withheld }: ActedState, language: Language): Html {
  const say = texts[language];
  if (withheld.length === 0) return html`<p class="done" role="status">${say.saved}</p>`;
  const titles = withheld.map((purpose) => `“${titleIn(purpose, language)}”`).join(', ');
  return html`<p class="not" role="status">${say.withheld(titles)}</p>`;
}

function ownPurpose(own: OfferedPurpose, language: Language): Html {
  const [say, title] = [texts[language], titleIn(own, language)];
  return own.allowed
    ? oneButton('unsubscribe', say.unsubscribe(title), 'main')
    : html`<p>${say.unsubscribed(title)}</p>`;
}

function oneButton(action: string, label: string, style = ''): Html {
  return html`<form method="post"><button class="${style}" name="action" value="${action}">${label}</button></form>`;
}

function checkbox(purpose: OfferedPurpose, language: Language): Html {
  const { name, description, allowed } = purpose;
  return html`<label class="choice">
    <input type="checkbox" name="wanted" value="${name}" ${allowed ? new Html('checked') : undefined} />
    <span
      >${titleIn(purpose, language)}${description === undefined ? undefined : html`<small>${description}</small>`}</span
    >
  </label>`;
}

/** The page may be sent when much has changed: it tells what it showed. */
function shownState({ name, allowed }: OfferedPurpose): Html {
  return html`<input type="hidden" name="offered" value="${name}" />${
      allowed ? html`<input type="hidden" name="chosen" value="${name}" />` : undefined
    }`;
}

function titleIn({ title, titles }: OfferedPurpose, language: Language): string {
  return titles?.[language] ?? title;
}

/** Enough to recognise one's own address, too little to learn somebody else's: `a•••@example.com`, `+44•••45`. */
export function maskedValue(identity: string): string {
  const value = identity.slice(identity.indexOf(':') + 1);
  const at = value.lastIndexOf('@');
  if (at > 0) return `${value.charAt(0)}•••${value.slice(at)}`;
  return value.length > 6 ? `${value.slice(0, 3)}•••${value.slice(-2)}` : '•••';
}

function document(language: Language, title: string, body: Html): string {
  return html`<!doctype html>
    <html lang="${language}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <title>${title}</title>
        ${new Html(`<style>${preferenceStyle}</style>`)}
      </head>
      <body>
        <main><div class="card">${body}</div></main>
      </body>
    </html>`.text;
}
