import type { Warning } from '../../compose/index.ts';
import type { PreviewedMail } from '../previewed-mail.ts';
import { document, html, type Html } from '#platform';
import { mailCard } from './mail-card.ts';
import { partNames, tokensTable } from './tokens-table.ts';

/** The page that a preview's link opens: the mail as it arrives, and what went into it. */
export function previewPage(mail: PreviewedMail, mailPath: string): string {
  const { subject, person, tokens, warnings } = mail;
  const body = html`<main class="page">
    <header class="top">
      <h1><span class="brand">Millrace</span> Preview</h1>
      <p>
        ${mail.name} · ${versionOf(mail)} · not sent,${mail.masked ? ' sensitive values are masked,' : ''} links do
        nothing
      </p>
    </header>
    <div class="columns">
      ${mailCard(mail, mailPath)}
      <aside>${warningsCard(warnings)} ${blocksCard(mail)} ${tokensCard(tokens)} ${factsCard(mail)}</aside>
    </div>
  </main>`;
  return document(`${subject} – preview for ${person}`, body);
}

function blocksCard({ blocks }: PreviewedMail): Html | undefined {
  if (blocks.length === 0) return undefined;
  return html`<section class="card">
    <h3>Blocks <span class="count">${blocks.length}</span></h3>
    <ul class="list">
      ${blocks.map(
        ({ slug, variant, because }) =>
          html`<li>
            <code>${slug}</code>${variant === null ? undefined : html` shows <b>${variant}</b>`}
            ${because === null ? undefined : html`<span class="small">${because}</span>`}
          </li>`,
      )}
    </ul>
  </section>`;
}

function warningsCard(warnings: readonly Warning[]): Html {
  if (warnings.length === 0) {
    return html`<section class="card">
      <h3>Warnings <span class="count">0</span></h3>
      <p class="none">Nothing looks odd in this mail.</p>
    </section>`;
  }
  return html`<section class="card">
    <h3>Warnings <span class="count">${warnings.length}</span></h3>
    <ul class="list">
      ${warnings
        .slice(0, 50)
        .map(
          ({ message, part, line }) =>
            html`<li class="warning">
              ${message}${line === undefined ? undefined : html`<span class="small">${partNames[part ?? 'source']}, line ${line}</span>`}
            </li>`,
        )}
    </ul>
  </section>`;
}

function tokensCard(tokens: PreviewedMail['tokens']): Html {
  return html`<section class="card">
    <h3>What went in <span class="count">${tokens.length}</span></h3>
    ${tokensTable(tokens)}
  </section>`;
}

function factsCard({ hash, versions, html: source, headers }: PreviewedMail): Html {
  return html`<section class="card">
    <h3>This preview</h3>
    <dl>
      <dt>As of</dt>
      <dd>${versions.clock.slice(0, 16).replace('T', ' ')} UTC</dd>
      <dt>Language</dt>
      <dd>${headers['Content-Language'] ?? 'en'}</dd>
      <dt>Size</dt>
      <dd>${Math.ceil(Buffer.byteLength(source) / 1024)} KB of HTML</dd>
      <dt>Hash</dt>
      <dd><code>${hash.slice(0, 16)}</code></dd>
    </dl>
  </section>`;
}

function versionOf({ versions: { template } }: PreviewedMail): string {
  if (!template) return 'not saved';
  return template.version === null ? `draft ${template.revision ?? ''}` : `version ${template.version}`;
}
