import { z } from 'zod';
import { contentTypeOf } from '../core/files.ts';
import { refused } from '../core/refusals.ts';
import { type ApiCall, Binary } from './call.ts';
import { imageExtension } from './image-format.ts';
import { type Part, parseMultipart } from './multipart.ts';

const IMAGE_LIMIT = 10 << 20;
const FILE_LIMIT = 30 << 20;

/** A part may lack a file name: the SDK sends buffers like that. */
export async function uploadImage(call: ApiCall): Promise<object> {
  const parts = await formOf(call);
  if (!['message', 'avatar'].includes(fieldOf(parts, 'image_type'))) throw refused(234001, 'image_type');
  const image = bytesOf(parts, 'image', IMAGE_LIMIT);
  const extension = imageExtension(image.bytes);
  if (extension === null) throw refused(234011);
  const { key } = await call.sandbox.files.add('image', image.filename ?? `image.${extension}`, image.bytes, 'bot');
  return { image_key: key };
}

const fileTypes = z.enum(['opus', 'mp4', 'pdf', 'doc', 'xls', 'ppt', 'stream']);

export async function uploadFile(call: ApiCall): Promise<object> {
  const parts = await formOf(call);
  const name = fieldOf(parts, 'file_name');
  const type = fileTypes.safeParse(fieldOf(parts, 'file_type'));
  if (!type.success) throw refused(234001, 'file_type');
  if (name === '') throw refused(234001, 'file_name');
  const { bytes } = bytesOf(parts, 'file', FILE_LIMIT);
  const { key } = await call.sandbox.files.add('file', name, bytes, 'bot', type.data);
  return { file_key: key };
}

/** Only what this app uploaded itself; for received files there is the message's resource. */
export async function ownUpload({ sandbox, params }: ApiCall): Promise<object> {
  const file = sandbox.files.get(params.key ?? '');
  if (!file) throw refused(234005);
  if (file.by !== 'bot') throw refused(234008);
  return new Binary(await sandbox.files.read(file), contentTypeOf(file.name), file.name);
}

async function formOf({ ctx, raw }: ApiCall): Promise<Map<string, Part>> {
  const parts = await parseMultipart(raw, ctx.get('content-type'));
  if (!parts) throw refused(234001, 'the body is not multipart/form-data');
  return parts;
}

const fieldOf = (parts: Map<string, Part>, name: string): string => parts.get(name)?.bytes.toString('utf8') ?? '';

function bytesOf(parts: Map<string, Part>, name: string, limit: number): Part {
  const part = parts.get(name);
  if (!part) throw refused(234001, name);
  if (part.bytes.length === 0) throw refused(234010);
  if (part.bytes.length > limit) throw refused(234006);
  return part;
}
