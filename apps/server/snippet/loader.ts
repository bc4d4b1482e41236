import { Html, html } from '#platform';

/**
 * What is pasted into pages: keeps calls until the script is there, which is loaded beside the page. With `integrity` browsers run that one script and no other.
 */
export function loaderFor(url: string, integrity?: string): string {
  const pinned = integrity === undefined ? '' : `s.integrity=${JSON.stringify(integrity)};`;
  return `<script>
!function(w,d){var m=w.millrace=w.millrace||[];if(m.init)return;"init consent identify track page group reset flush".split(" ").forEach(function(n){m[n]=function(){m.push([n].concat([].slice.call(arguments)))}});var s=d.createElement("script");s.async=!0;s.crossOrigin="anonymous";${pinned}s.src=${JSON.stringify(url)};d.head.appendChild(s)}(window,document);
millrace.init("YOUR_WRITE_KEY");
</script>`;
}

/** For pages whose policy allows no script within the page. */
export function tagFor(url: string, integrity?: string): string {
  const pinned = integrity === undefined ? undefined : new Html(` integrity="${integrity}"`);
  return html`<script async crossorigin="anonymous" src="${url}" ${pinned} data-write-key="YOUR_WRITE_KEY"></script>`
    .text;
}
