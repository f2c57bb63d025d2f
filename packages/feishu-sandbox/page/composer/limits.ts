import { sizeText } from '../core/size.ts';

export type FileKind = 'image' | 'file';

interface Candidate {
  name: string;
  size: number;
}

const MEGABYTE = 1 << 20;
const LIMITS: Readonly<Record<FileKind, { word: string; megabytes: number }>> = {
  image: { word: '图片', megabytes: 10 },
  file: { word: '文件', megabytes: 30 },
};
/** One message travels as one request. */
const TOGETHER_MEGABYTES = 40;

const IMAGE = /\.(?:png|jpe?g|gif|webp|bmp|heic|tiff|ico)$/i;

/** By the name's ending, as the sandbox tells pictures from other files. */
export const kindOf = (name: string): FileKind => (IMAGE.test(name) ? 'image' : 'file');

/** Why a file cannot join those that wait; null when it can. */
export function refusalOf({ name, size }: Candidate, waiting: readonly Candidate[]): string | null {
  const { word, megabytes } = LIMITS[kindOf(name)];
  const together = waiting.reduce((sum, one) => sum + one.size, size);
  if (size === 0) return `“${name}”是空的，没有添加`;
  if (size > megabytes * MEGABYTE) return `“${name}”有${sizeText(size)}，${word}最大${megabytes} MB`;
  if (together > TOGETHER_MEGABYTES * MEGABYTE) return `加上“${name}”超过${TOGETHER_MEGABYTES} MB，请分几次发`;
  return null;
}
