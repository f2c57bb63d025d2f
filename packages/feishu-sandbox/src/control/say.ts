import { z } from 'zod';
import { Mentions, spokenText } from '../core/content.ts';
import { ControlFault } from '../core/fault.ts';
import { extensionOf } from '../core/files.ts';
import { addMessage } from '../core/post-box.ts';
import type { StoredFile, StoredMessage } from '../core/records.ts';
import type { Sandbox } from '../core/sandbox.ts';
import type { Chat, Person } from '../core/world.ts';
import { emitMessage, isDelivered } from '../events/events.ts';
import type { Said, SayInput } from '../wire.ts';
import { emittedView, untold } from './emitted.ts';
import { chatBy, chatOf, messageBy, mustBeMember, personBy } from './lookup.ts';

export const saySchema = z.object({
  chat: z.string().optional(),
  as: z.string(),
  text: z.string().optional(),
  mention: z.boolean().default(false),
  reply_to: z.string().nullish(),
  thread: z.union([z.string(), z.boolean()]).nullish(),
  files: z.array(z.object({ name: z.string().min(1), base64: z.string() })).default([]),
}) satisfies z.ZodType<unknown, SayInput>;

type Say = z.output<typeof saySchema>;

interface Scene {
  sandbox: Sandbox;
  say: Say;
  chat: Chat;
  person: Person;
  parent: StoredMessage | undefined;
}

interface Part {
  type: string;
  content: unknown;
  mentions: Mentions;
}

/** A person speaks. Text and pictures make one message, other files one each; the first one is the answer. */
export async function say(sandbox: Sandbox, input: Say): Promise<Said & { messages: Said[] }> {
  const scene = openScene(sandbox, input);
  const parts = await partsOf(scene);
  const messages: Said[] = [];
  for (const part of parts) messages.push(await sayPart(scene, part));
  const [first] = messages;
  if (!first) throw new ControlFault(400, 'neither text nor files');
  return { ...first, messages };
}

function openScene(sandbox: Sandbox, input: Say): Scene {
  const person = personBy(sandbox, input.as);
  const parent = answeredBy(sandbox, input);
  const own = parent ? chatOf(sandbox, parent) : sandbox.directory.p2pOf(person);
  const chat = input.chat === undefined ? own : chatBy(sandbox, input.chat);
  if (parent && parent.chatId !== chat.id) throw new ControlFault(400, 'reply_to is a message of another chat');
  if (parent?.recalledAt) throw new ControlFault(409, 'reply_to was recalled');
  mustBeMember(chat, person);
  return { sandbox, say: input, chat, person, parent };
}

/** The message that is answered; in a topic without more ado its first one. */
function answeredBy(sandbox: Sandbox, { reply_to, thread }: Say): StoredMessage | undefined {
  if (reply_to) return messageBy(sandbox, reply_to);
  if (typeof thread !== 'string') return undefined;
  const [first] = sandbox.state.messages.inThread(thread);
  if (!first) throw new ControlFault(404, `there is no topic ${thread}`);
  return first;
}

const IMAGES = new Set(['png', 'jpg', 'jpeg', 'gif', 'webp', 'bmp', 'heic', 'tiff', 'ico']);
const isImage = (name: string): boolean => IMAGES.has(extensionOf(name));

async function partsOf(scene: Scene): Promise<Part[]> {
  const { sandbox, say: input, person } = scene;
  const stored: StoredFile[] = [];
  for (const { name, base64 } of input.files) {
    const bytes = Buffer.from(base64, 'base64');
    if (bytes.length === 0) throw new ControlFault(400, `the file ${name} is empty`);
    stored.push(await sandbox.files.add(isImage(name) ? 'image' : 'file', name, bytes, person.key));
  }
  const images = stored.filter(({ kind }) => kind === 'image');
  const others = stored.filter(({ kind }) => kind === 'file').map(filePart);
  if (input.text === undefined && !input.mention) return [...images.map(imagePart), ...others];
  return [images.length > 0 ? postPart(scene, images) : textPart(scene), ...others];
}

const imagePart = ({ key }: StoredFile): Part => ({
  type: 'image',
  content: { image_key: key },
  mentions: new Mentions(),
});

function filePart({ key, name }: StoredFile): Part {
  const mentions = new Mentions();
  const extension = extensionOf(name);
  if (extension === 'opus') return { type: 'audio', content: { file_key: key, duration: 1000 }, mentions };
  if (extension === 'mp4')
    return { type: 'media', content: { file_key: key, file_name: name, duration: 1000 }, mentions };
  return { type: 'file', content: { file_key: key, file_name: name }, mentions };
}

function spoken({ sandbox, say: input, chat }: Scene, mentions: Mentions): string {
  const members = [...chat.members].flatMap((key) => sandbox.directory.person(key) ?? []);
  return spokenText(sandbox, input.text ?? '', members, input.mention, mentions);
}

function textPart(scene: Scene): Part {
  const mentions = new Mentions();
  return { type: 'text', content: { text: spoken(scene, mentions) }, mentions };
}

/** Text with pictures: a post, in which each mention is a node of its own. */
function postPart(scene: Scene, images: StoredFile[]): Part {
  const mentions = new Mentions();
  const pieces = spoken(scene, mentions).split(/(@_user_\d+|@_all)/);
  const nodes = pieces.filter((piece) => piece !== '').map((piece) => postNode(piece, mentions));
  const pictures = images.map(({ key }) => [{ tag: 'img', image_key: key }]);
  return { type: 'post', content: { title: '', content: [nodes, ...pictures] }, mentions };
}

function postNode(piece: string, mentions: Mentions): object {
  const mention = mentions.list.find(({ key }) => key === piece);
  if (mention) return { tag: 'at', user_id: piece, user_name: mention.name };
  return piece === '@_all' ? { tag: 'at', user_id: '@_all', user_name: '所有人' } : { tag: 'text', text: piece };
}

async function sayPart(scene: Scene, part: Part): Promise<Said> {
  const { sandbox, say: input, chat, person, parent } = scene;
  const message = addMessage(sandbox, {
    chatId: chat.id,
    from: person.key,
    type: part.type,
    content: JSON.stringify(part.content),
    mentions: part.mentions.list,
    parent,
    inThread: input.thread === true,
  });
  const told = isDelivered(sandbox, chat, message);
  const raised = told ? emittedView(await emitMessage(sandbox, chat, message, person)) : untold;
  return { message_id: message.id, ...raised };
}
