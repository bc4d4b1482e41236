import { defineConfig } from 'vite';

/** One file a cloud, with nothing to install: `vite build --mode aws` or `--mode google`. */
export default defineConfig(({ mode }) => ({
  root: import.meta.dirname,
  logLevel: 'warn',
  publicDir: `${mode}/deploy`,
  ssr: { noExternal: true },
  build: {
    ssr: `${mode}/index.ts`,
    outDir: `dist/${mode}`,
    emptyOutDir: true,
    copyPublicDir: true,
    target: 'node20',
    minify: false,
    sourcemap: false,
    rollupOptions: { output: { entryFileNames: 'index.mjs', format: 'es' as const } },
  },
}));
