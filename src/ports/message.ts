/** A message or event of a chat in the project's own terms; the feishu room translates, the router reads. */
export type Attachment = {
  readonly type: 'image' | 'file' | 'audio' | 'media';
  readonly key: string;
  readonly name: string | null;
};

export type ChatMessage = {
  readonly is: 'message';
  readonly id: string;
  readonly chatId: string;
  readonly chatType: 'group' | 'private';
  readonly sender: string;
  /** Text with the mention of the bot taken out and others' names put in. */
  readonly text: string;
  readonly mentionsBot: boolean;
  readonly attachments: readonly Attachment[];
  readonly parentId: string | null;
  readonly rootId: string | null;
  readonly at: Date;
};
export type Recalled = { readonly is: 'recalled'; readonly id: string; readonly chatId: string; readonly at: Date };
/** Something the bot has no business with: its own messages, other bots, events of later features. */
export type Unheard = { readonly is: 'unheard' };
export type Heard = ChatMessage | Recalled | Unheard;
