import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defaultClientConditions, defineConfig } from 'vite';

const api = 'http://127.0.0.1:4400';

export default defineConfig({
  plugins: [react(), tailwindcss()],
  // The vocabulary comes from its sources, so that the dashboard's build needs no other build.
  resolve: { conditions: ['@vitrine/source', ...defaultClientConditions] },
  server: { proxy: { '/api': api, '/trpc': api } },
  build: {
    // Nothing is inlined: the server's Content-Security-Policy has no room for data: scripts and fonts.
    assetsInlineLimit: 0,
    cssTarget: ['chrome125', 'firefox128', 'safari18'],
    // People with a link get a page of their own, without the dashboard.
    rolldownOptions: { input: ['index.html', 'share.html', 'guest.html'] },
    target: ['chrome125', 'firefox128', 'safari18'],
  },
});
