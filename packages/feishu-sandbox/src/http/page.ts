import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import type { Router } from '@koa/router';
import type { Context } from 'koa';
import { ControlFault } from '../core/fault.ts';

// From source (tests) as from the compiled file the built page lies in dist/page.
const FOLDER = new URL(import.meta.url.endsWith('.ts') ? '../../dist/page/' : '../page/', import.meta.url);
const TYPES: Record<string, string> = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  svg: 'image/svg+xml',
  png: 'image/png',
};
const NAME = /^[\w-][\w.-]*\.(\w+)$/;
/** Too large to keep in memory. */
const STREAMED = 'vchart.js';
const CSP = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** The page for people: built files that talk to the control API. */
export function pageRoutes(router: Router): void {
  const kept = new Map<string, Promise<Buffer>>();
  const serve = async (ctx: Context, name: string): Promise<void> => {
    const type = TYPES[NAME.exec(name)?.[1] ?? ''];
    if (type === undefined) throw new ControlFault(404, `there is no page ${name}`);
    const body = name === STREAMED ? streamed(name) : remembered(kept, name);
    ctx.body = await body.catch(() => {
      throw new ControlFault(404, name === 'index.html' ? 'the page is not built' : `there is no page ${name}`);
    });
    ctx.set({
      'Content-Type': type,
      'Content-Security-Policy': CSP,
      'X-Content-Type-Options': 'nosniff',
      'Referrer-Policy': 'no-referrer',
      'Cache-Control': name === STREAMED ? 'max-age=3600' : 'no-cache',
    });
  };
  router.get('/', (ctx) => serve(ctx, 'index.html'));
  router.get('/:name', (ctx) => serve(ctx, ctx.params.name ?? ''));
}

async function streamed(name: string): Promise<NodeJS.ReadableStream> {
  const file = new URL(name, FOLDER);
  await stat(file);
  return createReadStream(file);
}

function remembered(kept: Map<string, Promise<Buffer>>, name: string): Promise<Buffer> {
  const known = kept.get(name) ?? readFile(new URL(name, FOLDER));
  kept.set(name, known);
  known.catch(() => kept.delete(name));
  return known;
}
