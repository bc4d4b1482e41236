import { readFileSync } from 'node:fs';
import { defineConfig } from 'vite';

const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));

// The server builds with this: one classic script, which sets window.millrace and leaves nothing else behind.
export default defineConfig({
  define: { VERSION: JSON.stringify(version) },
  build: {
    target: 'es2020',
    lib: { entry: 'main.ts', formats: ['iife'], name: 'millraceScript', fileName: () => 'millrace.js' },
    reportCompressedSize: false,
  },
});
