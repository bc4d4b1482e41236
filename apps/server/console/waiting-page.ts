const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escaped = (text: string): string => text.replace(/[&<>"]/g, (sign) => escapes[sign] ?? sign);

/** What a browser sees until the console is built: no script, no style, and by itself again in two seconds. */
/** @param base where the server is: `/`, or the path that a proxy puts before it */
export function buildingPage(base: string): string {
  return page(
    'The console is being built',
    `<p>This takes a few seconds after a new version was installed. This page looks again by itself.</p>
<p>The API is there already: it is described at <a href="${base}docs">/docs</a>.</p>`,
    '<meta http-equiv="refresh" content="2">',
  );
}

export function failedPage(base: string, reason: string): string {
  return page(
    'The console could not be built',
    `<p>The API is not concerned: it is described at <a href="${base}docs">/docs</a>. Reload this page in half a minute to try again.</p>
<pre>${escaped(reason)}</pre>`,
  );
}

function page(title: string, body: string, head = ''): string {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<title>${title} · Millrace</title>
${head}
<main>
<h1>${title}</h1>
${body}
</main>
`;
}
