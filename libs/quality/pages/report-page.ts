import { document, html, pageHeaders, type Html } from '#platform';
import { reportStyle } from './style.ts';

/** A report as a whole page. */
export function reportPage(title: string, lead: Html | string, body: Html[]): string {
  const page = html`<main>
    <header>
      <p class="brand">Millrace</p>
      <h1>${title}</h1>
      <p class="lead">${lead}</p>
    </header>
    ${body}
  </main>`;
  return document(`${title} – Millrace`, page, reportStyle);
}

/** No script runs, nothing is loaded, nothing is kept. */
export function reportHeaders(): Record<string, string> {
  return pageHeaders({ style: reportStyle });
}

export function tiles(facts: { value: string; label: string }[]): Html {
  return html`<ul class="tiles">
    ${facts.map(({ value, label }) => html`<li><b>${value}</b><span>${label}</span></li>`)}
  </ul>`;
}

export function day(moment: Date | string): string {
  const iso = typeof moment === 'string' ? moment : moment.toISOString();
  return `${iso.slice(0, 16).replace('T', ' ')} UTC`;
}

export function count(number: number): string {
  return number.toLocaleString('en');
}

export function percent(share: number): string {
  if (share === 0) return '0 %';
  return share < 0.0001 ? 'under 0.01 %' : `${(share * 100).toLocaleString('en', { maximumFractionDigits: 2 })} %`;
}
