import { readFile } from 'node:fs/promises';
import type { Router } from '@koa/router';

const STATIC = new URL('../../static/', import.meta.url);
const FILES: readonly (readonly [string, string, string])[] = [
  ['/', 'index.html', 'text/html; charset=utf-8'],
  ['/page.js', 'page.js', 'text/javascript; charset=utf-8'],
  ['/card.js', 'card.js', 'text/javascript; charset=utf-8'],
  ['/page.css', 'page.css', 'text/css; charset=utf-8'],
];
const CSP = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** The page for people: three static files that talk to the control API. */
export function pageRoutes(router: Router): void {
  for (const [path, file, type] of FILES) {
    router.get(path, async (ctx) => {
      ctx.set({
        'Content-Security-Policy': CSP,
        'X-Content-Type-Options': 'nosniff',
        'Referrer-Policy': 'no-referrer',
      });
      ctx.set({ 'Content-Type': type, 'Cache-Control': 'no-cache' });
      ctx.body = await readFile(new URL(file, STATIC));
    });
  }
}
