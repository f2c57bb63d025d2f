import { z } from 'zod';
import { ApiFault } from '../core/fault.ts';
import { contentTypeOf } from '../core/files.ts';
import { type ApiCall, Binary } from './call.ts';
import { type Part, parseMultipart } from './multipart.ts';

const IMAGE_LIMIT = 10 << 20;
const FILE_LIMIT = 30 << 20;
const badParam = (what: string): ApiFault => new ApiFault(234001, `Invalid request param: ${what}`);

export async function uploadImage(call: ApiCall): Promise<object> {
  const parts = formOf(call);
  if (!['message', 'avatar'].includes(fieldOf(parts, 'image_type'))) throw badParam('image_type');
  const image = bytesOf(parts, 'image', IMAGE_LIMIT);
  const name = image.filename ?? `image${imageExtension(image.bytes)}`;
  const { key } = await call.sandbox.files.add('image', name, image.bytes, 'bot');
  return { image_key: key };
}

const fileTypes = z.enum(['opus', 'mp4', 'pdf', 'doc', 'xls', 'ppt', 'stream']);

export async function uploadFile(call: ApiCall): Promise<object> {
  const parts = formOf(call);
  const name = fieldOf(parts, 'file_name');
  if (!fileTypes.safeParse(fieldOf(parts, 'file_type')).success) throw badParam('file_type');
  if (name === '') throw badParam('file_name');
  const { bytes } = bytesOf(parts, 'file', FILE_LIMIT);
  const { key } = await call.sandbox.files.add('file', name, bytes, 'bot');
  return { file_key: key };
}

/** Only what this app uploaded itself; for received files there is the message's resource. */
export async function ownUpload({ sandbox, params }: ApiCall): Promise<object> {
  const file = sandbox.files.get(params.key ?? '');
  if (!file) throw badParam('there is no such key');
  if (file.by !== 'bot') throw new ApiFault(234008, 'The app is not the resource sender.');
  return new Binary(await sandbox.files.read(file), contentTypeOf(file.name), file.name);
}

function formOf({ ctx, raw }: ApiCall): Map<string, Part> {
  const parts = parseMultipart(raw, ctx.get('content-type'));
  if (!parts) throw badParam('the body is not multipart/form-data');
  return parts;
}

const fieldOf = (parts: Map<string, Part>, name: string): string => parts.get(name)?.bytes.toString('utf8') ?? '';

function bytesOf(parts: Map<string, Part>, name: string, limit: number): Part {
  const part = parts.get(name);
  if (!part) throw badParam(`${name} is missing`);
  if (part.bytes.length === 0) throw new ApiFault(234010, "File's size can't be 0.");
  if (part.bytes.length > limit) throw new ApiFault(234006, 'The file size exceed the max value.');
  return part;
}

function imageExtension(bytes: Buffer): string {
  if (bytes[0] === 0x89 && bytes[1] === 0x50) return '.png';
  if (bytes[0] === 0xff && bytes[1] === 0xd8) return '.jpg';
  if (bytes.toString('latin1', 0, 3) === 'GIF') return '.gif';
  return bytes.toString('latin1', 8, 12) === 'WEBP' ? '.webp' : '';
}
