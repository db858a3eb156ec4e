import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const page = (name: string) => fileURLToPath(new URL(name, import.meta.url));

export default defineConfig({
  base: '/console/',
  build: {
    // The server's Content-Security-Policy is `script-src 'self'`: nothing inline, no data: addresses.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: { input: { index: page('index.html'), setup: page('setup.html') } },
  },
  // In development the API of a running server answers under the same address.
  server: { proxy: { '/api': 'http://127.0.0.1:5000' } },
});
