import { expect } from 'vitest';
import { bytesOf } from './download.ts';
import { byFaults, type Check, type Row, refuses } from './row.ts';
import { PNG, type Scene } from './scene.ts';

const image = ({ sdk }: Scene, bytes: Buffer = PNG): Promise<{ image_key?: string | undefined } | null> =>
  sdk.im.image.create({ data: { image_type: 'message', image: bytes } });
const file = ({ sdk }: Scene, bytes: Buffer = PNG): Promise<unknown> =>
  sdk.im.file.create({ data: { file_type: 'pdf', file_name: '记录.pdf', file: bytes } });
const getImage = ({ sdk }: Scene, image_key: string): Promise<Buffer> =>
  bytesOf(sdk.im.image.get({ path: { image_key } }));
const getFile = ({ sdk }: Scene, file_key: string): Promise<Buffer> => bytesOf(sdk.im.file.get({ path: { file_key } }));

/** A picture of exactly this many bytes. */
const sized = (bytes: number): Buffer => Buffer.concat([PNG, Buffer.alloc(bytes - PNG.length)]);
const form = (scene: Scene, path: string, field: string, value: string): Promise<unknown> =>
  scene.sdk.request({
    method: 'POST',
    url: `/open-apis${path}`,
    headers: { 'Content-Type': 'multipart/form-data' },
    data: { [field]: value },
  });

const foreign = (name: string, run: (scene: Scene, key: string) => Promise<unknown>): Check[] => [
  refuses(234005, 'there is no such key', (s) => run(s, 'img_v3_nothing')),
  refuses(234008, 'somebody else sent it', async (s) => run(s, (await s.said(name)).key)),
];

export const FILES: Row[] = [
  {
    endpoint: 'post /im/v1/images',
    success: async (s) => {
      await image(s, sized(10 << 20));
      return image(s);
    },
    shape: { image_key: expect.stringMatching(/^img_v3_/) },
    refusals: [
      refuses(234001, 'the image_type is unknown', (s) => form(s, '/im/v1/images', 'image_type', 'poster')),
      refuses(234006, '10 MB and one byte', (s) => image(s, sized((10 << 20) + 1))),
      refuses(234010, 'no bytes', (s) => image(s, Buffer.alloc(0))),
      ...byFaults([234007], 'POST', '/open-apis/im/v1/images', (s) => image(s)),
      refuses(234011, 'no picture', (s) => image(s, Buffer.from('just words'))),
    ],
  },
  {
    endpoint: 'post /im/v1/files',
    success: async (s) => {
      await file(s, sized(30 << 20));
      return file(s);
    },
    shape: { file_key: expect.stringMatching(/^file_v3_/) },
    refusals: [
      refuses(234001, 'the file_type is unknown', (s) => form(s, '/im/v1/files', 'file_type', 'exe')),
      refuses(234006, '30 MB and one byte', (s) => file(s, sized((30 << 20) + 1))),
      refuses(234006, 'far too long: an answer, no cut connection', (s) => file(s, sized(40 << 20))),
      refuses(234010, 'no bytes', (s) => file(s, Buffer.alloc(0))),
    ],
  },
  {
    endpoint: 'get /im/v1/images/:key',
    success: async (s) => ({ bytes: (await getImage(s, (await image(s))?.image_key ?? '')).toString('base64') }),
    shape: { bytes: PNG.toString('base64') },
    refusals: foreign('照片.png', getImage),
  },
  {
    endpoint: 'get /im/v1/files/:key',
    success: async (s) => ({ bytes: (await getFile(s, await s.uploaded('pdf'))).toString('base64') }),
    shape: { bytes: PNG.toString('base64') },
    refusals: foreign('名册.xlsx', getFile),
  },
];
