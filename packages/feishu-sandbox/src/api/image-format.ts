/** How the accepted pictures begin: extension, the place in the file, and the bytes there. */
const BEGINNINGS: readonly (readonly [extension: string, at: number, bytes: string])[] = [
  ['png', 0, '\x89PNG'],
  ['jpg', 0, '\xff\xd8\xff'],
  ['gif', 0, 'GIF8'],
  ['webp', 8, 'WEBP'],
  ['bmp', 0, 'BM'],
  ['ico', 0, '\0\0\x01\0'],
  ['tiff', 0, 'II*\0'],
  ['tiff', 0, 'MM\0*'],
  ['heic', 4, 'ftyphei'],
  ['heic', 4, 'ftypmif1'],
];

/** What kind of picture these bytes are, or null. */
export function imageExtension(bytes: Buffer): string | null {
  const head = bytes.toString('latin1', 0, 16);
  return BEGINNINGS.find(([, at, beginning]) => head.startsWith(beginning, at))?.[0] ?? null;
}
