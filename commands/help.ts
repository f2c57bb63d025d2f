import { type CardSpec, type Command, defineCommand, mayUse, type Request } from '../src/kit.ts';

const wordOf = ({ words }: Command): string => words[0] ?? '';
const exampleOf = (command: Command): readonly string[] =>
  command.example.replace(/^\//, '') === wordOf(command) ? [] : [command.example];

/** Generated from the commands themselves: what this person may use here; a sentence to copy for each, folded. */
const helpCard = (request: Request, commands: readonly Command[]): CardSpec => ({
  kind: 'help',
  title: '支部助手能做什么',
  lines: [
    commands.map((command) => `**/${wordOf(command)}** ${command.summary}`).join('\n'),
    request.chat.type === 'group'
      ? '在群里请先 @我，也可以直接以“/”开头。回复我的提醒加一句话，就是记录。'
      : '私聊直接说就行。回复我的提醒加一句话，就是记录。',
  ],
  folded: { title: '可以照抄的例子', lines: commands.flatMap(exampleOf) },
});

export default defineCommand({
  name: 'help',
  words: ['帮助', '说明', '使用说明', '怎么用', '?'],
  intents: ['help'],
  summary: '看看都能做什么',
  example: '/帮助',
  access: 'anyone',
  run: async (request, { commands }) => {
    const unit = request.unit?.code ?? null;
    const usable = commands.filter((command) => mayUse(command.access, request.actor, unit, request.organisation));
    return { card: helpCard(request, usable) };
  },
});
