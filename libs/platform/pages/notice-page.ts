import { document } from './document.ts';
import { html } from './html.ts';

/** A page that says one thing. */
export function noticePage(title: string, text: string): string {
  return document(
    title,
    html`<main class="card notice">
      <h1>${title}</h1>
      <p>${text}</p>
    </main>`,
  );
}
