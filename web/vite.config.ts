import { defineConfig } from 'vitest/config';

export default defineConfig({
  // Relative addresses, so that the page works under any path.
  base: './',
  build: {
    target: 'es2022',
    // The LiveKit client is most of the page and is needed at the first click.
    chunkSizeWarningLimit: 800,
  },
  server: {
    host: 'localhost',
    proxy: { '/api': 'http://localhost:8080' },
  },
  test: {
    include: ['test/**/*.test.ts'],
  },
});
