import { defineConfig } from 'vite';

// The server builds with this; `npx vite apps/console` serves it while one works on it, in front of a server on port 4400.
const server = process.env.MILLRACE_URL ?? 'http://127.0.0.1:4400';

export default defineConfig({
  base: './', // the page says where it is (<base>), so that a proxy may put a path before it
  plugins: [{ name: 'placeholders', apply: 'serve', transformIndexHtml: (html) => html.replaceAll('%BASE%', '/') }],
  build: {
    assetsDir: 'console',
    target: 'es2022',
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0, // the policy of the page allows files, not data:
    reportCompressedSize: false,
    chunkSizeWarningLimit: 1_000, // KB: the editor is most of it, and is needed at once
  },
  server: { proxy: { '^/api/[^.]*$': server, '/previews': server, '/docs': server } },
});
