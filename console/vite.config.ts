import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { precompress } from './build/precompress.ts';

export default defineConfig({
  base: '/console/',
  plugins: [react(), precompress()],
  build: {
    // The server's Content-Security-Policy is `script-src 'self'`: nothing inline, no data: addresses.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    target: 'es2023',
    manifest: 'build-manifest.json',
  },
  css: { modules: { localsConvention: 'camelCaseOnly' } },
  // In development the API of a running server answers under the same address.
  server: { proxy: { '/api': 'http://127.0.0.1:5000', '/uploads': 'http://127.0.0.1:5000' } },
});
