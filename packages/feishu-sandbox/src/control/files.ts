import type { Router } from '@koa/router';
import { imageExtension } from '../api/image-format.ts';
import { ControlFault } from '../core/fault.ts';
import { contentTypeOf } from '../core/files.ts';
import type { Sandbox } from '../core/sandbox.ts';

/** What a browser shows by itself without running anything: all else is saved to the disk. */
const SHOWN = /^(?:image\/(?:png|jpeg|gif|webp|bmp)|application\/pdf)$/;

/** Bytes that were sent or uploaded. */
export function fileRoutes(router: Router, sandbox: Sandbox): void {
  router.get('/sandbox/files/:key', async (ctx) => {
    const file = sandbox.files.get(ctx.params.key ?? '');
    if (!file) throw new ControlFault(404, 'there is no such file');
    const bytes = await sandbox.files.read(file);
    // A picture is what its bytes say, whatever its name is.
    const type = contentTypeOf(file.kind === 'image' ? `.${imageExtension(bytes)}` : file.name);
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
