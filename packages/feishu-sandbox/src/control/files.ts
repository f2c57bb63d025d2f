import type { Router } from '@koa/router';
import { ControlFault } from '../core/fault.ts';
import { contentTypeOf } from '../core/files.ts';
import type { Sandbox } from '../core/sandbox.ts';

/** What a browser shows by itself without running anything: all else is saved to the disk. */
const SHOWN = /^(?:image\/(?:png|jpeg|gif|webp|bmp)|application\/pdf)$/;

/** The first bytes of each kind of picture, for names without an extension. */
const SIGNATURES: readonly (readonly [string, number, string])[] = [
  ['image/png', 0, '\x89PNG'],
  ['image/jpeg', 0, '\xff\xd8\xff'],
  ['image/gif', 0, 'GIF8'],
  ['image/webp', 8, 'WEBP'],
  ['image/bmp', 0, 'BM'],
];

/** Bytes that were sent or uploaded. */
export function fileRoutes(router: Router, sandbox: Sandbox): void {
  router.get('/sandbox/files/:key', async (ctx) => {
    const file = sandbox.files.get(ctx.params.key ?? '');
    if (!file) throw new ControlFault(404, 'there is no such file');
    const bytes = await sandbox.files.read(file);
    const type = file.kind === 'image' ? pictureType(bytes) : contentTypeOf(file.name);
    const disposition = SHOWN.test(type) ? 'inline' : 'attachment';
    ctx.set({
      'Content-Type': type,
      'Content-Disposition': `${disposition}; filename*=UTF-8''${encodeURIComponent(file.name)}`,
      'X-Content-Type-Options': 'nosniff',
      'Cache-Control': 'private, max-age=31536000, immutable',
    });
    ctx.body = bytes;
  });
}

function pictureType(bytes: Buffer): string {
  const fits = ([, at, signature]: readonly [string, number, string]): boolean =>
    bytes.toString('latin1', at, at + signature.length) === signature;
  return SIGNATURES.find(fits)?.[0] ?? 'application/octet-stream';
}
