/**
 * `npm run -s screenshots`: plays a few minutes of a branch on the whole program and writes docs/img/*.png.
 * Fails on a complaint in the browser's console and on a picture that shows next to nothing.
 */
import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { chromium } from 'playwright-core';
import { startAll } from '../accept/start-all.mjs';

const root = resolve(import.meta.dirname, '../..');
const pictures = join(root, 'docs/img');
const desktop = { width: 1280, height: 800 };
const phone = { width: 390, height: 780 };
const group = '#as=B0201.branchSecretary&chat=B0201';

/** Each picture: after what it is taken, where, how, and what is done in the page before. */
const shots = [
  {
    name: 'first-visit',
    after: 'nothing',
    view: { viewport: desktop, colorScheme: 'light' },
    hash: '',
    tips: true,
    ready: (page) => page.getByRole('button', { name: '作为支部书记记一次主题党日' }).click(),
  },
  { name: 'chat-light', after: 'five days', view: { viewport: desktop, colorScheme: 'light' }, hash: group },
  { name: 'chat-dark', after: 'five days', view: { viewport: desktop, colorScheme: 'dark' }, hash: group },
  {
    name: 'chat-phone',
    after: 'five days',
    view: { viewport: phone, colorScheme: 'light', deviceScaleFactor: 2 },
    hash: group,
  },
  {
    name: 'form-card',
    after: 'a talk',
    view: { viewport: desktop, colorScheme: 'light' },
    hash: '#as=B0302.branchSecretary&chat=B0302',
    ready: (page) => page.getByRole('article').getByRole('textbox').first().waitFor(),
  },
  {
    name: 'chart-card',
    after: 'a talk',
    view: { viewport: desktop, colorScheme: 'light' },
    hash: '#as=OD.odStaff.1&chat=OD',
    ready: (page) => page.locator('canvas').first().waitFor(),
  },
  {
    name: 'developer-panel',
    after: 'a talk',
    view: { viewport: { width: 1440, height: 860 }, colorScheme: 'light' },
    hash: `${group}&developer=1`,
    ready: async (page) => {
      await page.getByText('im.message.receive_v1').last().click();
      await page.getByText('签名相符').first().scrollIntoViewIfNeeded();
    },
  },
];

const chart = {
  schema: '2.0',
  config: { summary: { content: '各总支本月主题党日完成情况' } },
  header: {
    template: 'turquoise',
    title: { tag: 'plain_text', content: '11月主题党日完成情况' },
    text_tag_list: [{ tag: 'text_tag', text: { tag: 'plain_text', content: '汇总' }, color: 'turquoise' }],
  },
  body: {
    elements: [
      {
        tag: 'chart',
        aspect_ratio: '16:9',
        preview: true,
        chart_spec: {
          type: 'bar',
          data: {
            values: [
              ['机关', 5, 0],
              ['机电', 3, 1],
              ['农牧', 2, 2],
              ['护理', 4, 0],
              ['教育', 3, 1],
            ].flatMap(([unit, done, open]) => [
              { unit, state: '已记录', count: done },
              { unit, state: '还没有', count: open },
            ]),
          },
          xField: ['unit', 'state'],
          yField: 'count',
          seriesField: 'state',
          legends: { visible: true, orient: 'bottom' },
        },
      },
      { tag: 'markdown', text_size: 'notation', content: "<font color='grey'>示例卡片：沙箱能画飞书的图表</font>" },
    ],
  },
};

/** What happens, in this order: people talk and record, a chart comes; then five days pass with their reminders. */
const acts = {
  nothing: async () => {},
  'a talk': async ({ url, call, settle }) => {
    const say = (body) => call('POST', '/say', body);
    const [tip] = (await call('GET', '/world')).tips;
    const incomplete = '/记录 主题党日 11月18日下午3点 党史馆 学支部条例';
    await say({ as: 'B0302.branchSecretary', chat: 'B0302', mention: true, text: incomplete });
    await say({ as: 'B0201.orgMember', chat: 'B0201', text: '下午的主题党日都到了吗？材料我放在302了' });
    await say({ as: 'B0201.branchSecretary', chat: 'B0201', text: '到了12位，赵甲出差、钱乙病假' });
    await say({ as: tip.as, chat: tip.chat, text: tip.text });
    await settle();
    await sendAsBot(url, await call('GET', '/app'), 'OD', chart);
  },
  'five days': ({ call }) => call('POST', '/clock', { advance: 'P5D' }),
};

const sendAsBot = async (url, { app_id, app_secret }, chat, card) => {
  const post = async (path, body, headers = {}) => {
    const init = {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    };
    const answer = await (await fetch(`${url}/open-apis${path}`, init)).json();
    if (answer.code !== 0) throw new Error(`${path}: ${answer.code} ${answer.msg}`);
    return answer;
  };
  const { tenant_access_token: token } = await post('/auth/v3/tenant_access_token/internal', { app_id, app_secret });
  const { items } = await (await fetch(`${url}/sandbox/chats`)).json();
  const { chat_id } = items.find((one) => one.chat === chat);
  const message = { receive_id: chat_id, msg_type: 'interactive', content: JSON.stringify(card) };
  await post('/im/v1/messages?receive_id_type=chat_id', message, { authorization: `Bearer ${token}` });
};

/** A picture that shows something has many colours, and not one of them nearly everywhere. */
const blankness = (page, png) =>
  page.evaluate(
    async (source) => {
      const image = await createImageBitmap(await (await fetch(source)).blob());
      const canvas = new OffscreenCanvas(image.width, image.height);
      const pen = canvas.getContext('2d');
      pen.drawImage(image, 0, 0);
      const { data } = pen.getImageData(0, 0, image.width, image.height);
      const counts = new Map();
      for (let at = 0; at < data.length; at += 4) {
        const colour = (data[at] << 16) | (data[at + 1] << 8) | data[at + 2];
        counts.set(colour, (counts.get(colour) ?? 0) + 1);
      }
      return { colours: counts.size, share: Math.max(...counts.values()) / (data.length / 4) };
    },
    `data:image/png;base64,${png.toString('base64')}`,
  );

const take = async (browser, url, { name, view, hash, ready, tips = false }) => {
  const context = await browser.newContext({ locale: 'zh-CN', ...view });
  if (!tips) await context.addInitScript(() => localStorage.setItem('tips-known', '1'));
  const page = await context.newPage();
  const complaints = [];
  page.on('console', (line) => ['error', 'warning'].includes(line.type()) && complaints.push(line.text()));
  page.on('pageerror', (error) => complaints.push(error.message));
  page.setDefaultTimeout(10_000);
  await page.goto(`${url}/${hash}`);
  await page.getByRole('log').waitFor();
  await ready?.(page);
  // Charts and panels slide in.
  await page.waitForTimeout(1_200);
  const png = await page.screenshot({ animations: 'disabled' });
  writeFileSync(join(pictures, `${name}.png`), png);
  await context.close();
  return { png, complaints };
};

const launch = () =>
  chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--no-first-run'],
  });

const browser = await launch();
const judge = await browser.newPage();
const faults = [];
const keep = async (shot, { png, complaints }) => {
  const { colours, share } = await blankness(judge, png);
  faults.push(...complaints.map((line) => `${shot.name}: ${line}`));
  if (colours < 64 || share > 0.97)
    faults.push(`${shot.name}: nearly blank (${colours} colours, one on ${Math.round(share * 100)} %)`);
  console.log(`${shot.name}.png ${Math.round(png.length / 1024)} KB, ${colours} colours`);
};

await startAll(root, async (sandbox) => {
  for (const [act, play] of Object.entries(acts)) {
    await play(sandbox);
    for (const shot of shots.filter(({ after }) => after === act))
      await keep(shot, await take(browser, sandbox.url, shot));
  }
});
await browser.close();
for (const fault of faults) console.error(fault);
process.exitCode = faults.length === 0 ? 0 : 1;
