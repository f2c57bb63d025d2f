// The page for people. It talks to the control API of the sandbox and to nothing else.
import { el, renderCard } from './card.js';

const $ = (id) => document.getElementById(id);
const state = {
  chats: [],
  people: [],
  names: new Map(),
  messages: new Map(),
  chat: null,
  changed: 0,
  reply: null,
  world: null,
  seen: new Map(),
};

async function api(method, path, body) {
  const init = body
    ? { method, body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }
    : { method };
  const response = await fetch(`/sandbox${path}`, init);
  const answer = await response.json();
  if (!response.ok) throw new Error(answer.msg ?? `HTTP ${response.status}`);
  return answer;
}

const names = (id) => state.names.get(id) ?? id;
const attempt = (work) => work().catch((error) => toast('error', error.message));

let toastTimer;
function toast(type, content) {
  const box = $('toast');
  box.className = type;
  box.textContent = content;
  box.hidden = false;
  clearTimeout(toastTimer);
  toastTimer = setTimeout(() => {
    box.hidden = true;
  }, 4000);
}

// ---- chats ----

function drawChats() {
  const group = (title, chats) => (chats.length === 0 ? [] : [el('h2', {}, title), ...chats.map(chatButton)]);
  const own = state.people.filter(({ key }) => key === $('speaker').value).map(privateChat);
  const spoken = state.chats.filter(({ type, chat }) => type === 'p2p' && chat !== own[0]?.chat);
  const privates = own.concat(spoken);
  $('chats').replaceChildren(
    ...group(
      '群聊',
      state.chats.filter(({ type }) => type === 'group'),
    ),
    ...group('与机器人的私聊', privates),
  );
}

const privateChat = ({ key, name }) => ({ chat: `p2p:${key}`, name, type: 'p2p', members: [key], bot: true });

function chatButton(chat) {
  const last = Math.max(0, ...messagesOf(chat.chat).map(({ seq }) => seq));
  const fresh = last > (state.seen.get(chat.chat) ?? 0) && chat.chat !== state.chat?.chat;
  const label = [el('span', {}, chat.name), el('span', { class: 'fresh' }, fresh ? '●' : '')];
  const current = chat.chat === state.chat?.chat ? 'true' : 'false';
  return el('button', { type: 'button', 'aria-current': current, onclick: () => openChat(chat) }, ...label);
}

function openChat(chat) {
  state.chat = chat;
  setReply(null);
  document.body.classList.remove('menu-open');
  $('title').textContent =
    chat.type === 'p2p' ? `${chat.name} 与机器人的私聊` : `${chat.name}（${chat.members.length}人）`;
  $('mention-label').hidden = chat.type === 'p2p';
  drawSpeakers(chat);
  $('messages').replaceChildren(...messagesOf(chat.chat).map(messageNode));
  $('messages').scrollTop = $('messages').scrollHeight;
  markSeen();
  drawChats();
}

function drawSpeakers(chat) {
  const before = $('speaker').value;
  const members = state.people.filter(({ key }) => chat.members.includes(key));
  const label = ({ name, title }) => (title ? `${name} · ${title}` : name);
  $('speaker').replaceChildren(...members.map((person) => el('option', { value: person.key }, label(person))));
  if (members.some(({ key }) => key === before)) $('speaker').value = before;
}

const messagesOf = (chat) =>
  [...state.messages.values()].filter((message) => message.chat === chat).sort((a, b) => a.seq - b.seq);

function markSeen() {
  if (state.chat) state.seen.set(state.chat.chat, Math.max(0, ...messagesOf(state.chat.chat).map(({ seq }) => seq)));
}

// ---- messages ----

const clockText = (iso) =>
  iso.slice(5, 16).replace('-', '月').replace('T', '日 ').replace(/^0/, '').replace(/月0/, '月');

function messageNode(message) {
  const bot = message.from === 'bot';
  const who = bot ? state.world.bot : names(message.from);
  const reply = el('button', { class: 'plain', type: 'button', onclick: () => setReply(message) }, '回复');
  const recall =
    bot || message.recalled
      ? []
      : [el('button', { class: 'plain', type: 'button', onclick: () => recallMessage(message) }, '撤回')];
  const marks = message.version > 1 ? [el('span', {}, '已更新')] : [];
  const urgent =
    message.urgent.length > 0 ? [el('span', { class: 'danger' }, `加急 ${message.urgent.map(names).join('、')}`)] : [];
  const meta = el(
    'div',
    { class: 'meta' },
    el('span', {}, who),
    el('span', {}, clockText(message.created_at)),
    ...marks,
    ...urgent,
    reply,
    ...recall,
  );
  const node = el('div', { class: `message ${bot ? 'bot' : 'person'}`, id: message.message_id }, meta);
  const parent = message.reply_to && state.messages.get(message.reply_to);
  if (parent)
    node.append(
      el(
        'div',
        { class: 'quote' },
        `回复 ${parent.from === 'bot' ? state.world.bot : names(parent.from)}：${firstLine(parent)}`,
      ),
    );
  node.append(contentNode(message));
  if (message.reactions.length > 0)
    node.append(
      el('div', { class: 'grey' }, message.reactions.map(({ emoji, by }) => `${emoji} ${names(by)}`).join(' ')),
    );
  return node;
}

const firstLine = ({ text }) => text.split('\n')[0];

function contentNode(message) {
  if (message.recalled) return el('div', { class: 'recalled' }, '消息已撤回');
  if (!message.card) return el('div', { class: 'bubble' }, message.text, ...message.files.map(fileLink));
  const people = state.people.filter(({ key }) => state.chat.members.includes(key));
  return renderCard(message.card, { names, people, click: (action, source) => clickCard(message, action, source) });
}

const fileLink = ({ key, name }) =>
  el('div', {}, el('a', { href: `/sandbox/files/${encodeURIComponent(key)}`, download: name }, `下载 ${name}`));

const CODES = {
  200340: '回调地址无效',
  200341: '超时无应答',
  200342: '连接失败',
  200343: '域名解析失败',
  200671: 'HTTP 状态码不是 200',
  200672: '应答格式不对',
  200673: '返回的卡片无效',
  200830: '2.0 卡片不能换成 1.0',
};

async function clickCard(message, action, source) {
  source.disabled = true;
  await attempt(async () => {
    const result = await api('POST', '/click', { message_id: message.message_id, as: $('speaker').value, ...action });
    if (result.code) toast('error', `出错了，请稍后重试 code：${result.code}（${CODES[result.code] ?? ''}）`);
    else if (result.toast) toast(result.toast.type, result.toast.content);
  });
  source.disabled = false;
}

const recallMessage = (message) =>
  attempt(() => api('POST', '/recall', { message_id: message.message_id, as: message.from }));

function setReply(message) {
  state.reply = message;
  $('replying').hidden = message === null;
  if (!message) return;
  $('replying').firstElementChild.textContent = `回复：${firstLine(message)}`;
  $('text').focus();
}

async function followMessages() {
  for (;;) {
    try {
      const { items, changed } = await api('GET', `/messages?changed_after=${state.changed}&wait=25000`);
      state.changed = changed;
      for (const message of items) receive(message);
      if (items.some(({ chat }) => chat.startsWith('p2p:') && !state.chats.some((known) => known.chat === chat)))
        await loadChats();
      if (items.length > 0) drawChats();
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 1500));
    }
  }
}

function receive(message) {
  state.messages.set(message.message_id, message);
  if (message.chat !== state.chat?.chat) return;
  const box = $('messages');
  const atEnd = box.scrollHeight - box.scrollTop - box.clientHeight < 80;
  const old = $(message.message_id);
  if (old) old.replaceWith(messageNode(message));
  else box.append(messageNode(message));
  if (atEnd) box.scrollTop = box.scrollHeight;
  markSeen();
}

// ---- speaking ----

async function sendMessage(event) {
  event.preventDefault();
  const text = $('text').value.trim();
  const files = await Promise.all([...$('files').files].map(readFile));
  if (!state.chat || (text === '' && files.length === 0)) return;
  const mention = state.chat.type === 'group' && $('mention').checked;
  const body = { chat: state.chat.chat, as: $('speaker').value, mention, files, ...(text ? { text } : {}) };
  if (state.reply) body.reply_to = state.reply.message_id;
  await attempt(async () => {
    const said = await api('POST', '/say', body);
    if (said.status === 0) toast('warning', '机器人没有应答，稍后会重新投递');
    else if (said.status !== null && said.status !== 200) toast('warning', `机器人应答 HTTP ${said.status}`);
    $('text').value = '';
    $('files').value = '';
    setReply(null);
  });
}

function readFile(file) {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onerror = () => reject(reader.error);
    reader.onload = () => resolve({ name: file.name, base64: String(reader.result).split(',')[1] ?? '' });
    reader.readAsDataURL(file);
  });
}

function drawTips() {
  const chip = (tip) =>
    el('button', { type: 'button', title: tip.text, onclick: () => useTip(tip) }, tip.label ?? tip.text);
  $('tips').replaceChildren(...state.world.tips.map(chip));
}

function useTip(tip) {
  const chat = tip.chat && (state.chats.find(({ chat: key }) => key === tip.chat) ?? ownChat(tip.chat));
  if (chat) openChat(chat);
  if (tip.as && [...$('speaker').options].some(({ value }) => value === tip.as)) $('speaker').value = tip.as;
  $('text').value = tip.text;
  $('text').focus();
}

const ownChat = (key) => state.people.filter((person) => `p2p:${person.key}` === key).map(privateChat)[0];

// ---- clock ----

const clock = { base: 0, at: 0, speed: 0 };
const DAY = 86_400_000;
const OFFSET = 8 * 3_600_000;
const nowMs = () => clock.base + (performance.now() - clock.at) * clock.speed;

async function readClock() {
  const { now, speed, held } = await api('GET', '/clock');
  Object.assign(clock, { base: Date.parse(now), at: performance.now(), speed: held ? 0 : speed });
  drawClock();
}

function drawClock() {
  const local = new Date(nowMs() + OFFSET);
  const iso = local.toISOString();
  const week = '日一二三四五六'[local.getUTCDay()];
  $('now').textContent =
    `${local.getUTCFullYear()}年${local.getUTCMonth() + 1}月${local.getUTCDate()}日（周${week}）${iso.slice(11, 16)}`;
  $('now').dateTime = iso.replace('Z', '+08:00');
}

/** Seconds until the next working day's 9:00. */
function untilWorkday() {
  const now = nowMs() + OFFSET;
  const { offDays, workDays } = state.world;
  for (let day = Math.floor(now / DAY); ; day += 1) {
    const date = new Date(day * DAY);
    const key = date.toISOString().slice(0, 10);
    const weekend = date.getUTCDay() % 6 === 0 && !workDays.includes(key);
    const nine = day * DAY + 9 * 3_600_000;
    if (nine > now && !weekend && !offDays.includes(key)) return Math.ceil((nine - now) / 1000);
  }
}

async function advance(duration) {
  document.body.classList.add('busy');
  for (const node of document.querySelectorAll('.moves button')) node.disabled = true;
  await attempt(() => api('POST', '/clock', { advance: duration }));
  for (const node of document.querySelectorAll('.moves button')) node.disabled = false;
  document.body.classList.remove('busy');
  await attempt(readClock);
}

// ---- start ----

async function loadChats() {
  state.chats = (await api('GET', '/chats')).items;
}

function wire() {
  $('composer').addEventListener('submit', sendMessage);
  $('text').addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    $('composer').requestSubmit();
  });
  $('replying').lastElementChild.addEventListener('click', () => setReply(null));
  $('speaker').addEventListener('change', drawChats);
  $('menu').addEventListener('click', () => {
    const open = document.body.classList.toggle('menu-open');
    $('menu').setAttribute('aria-expanded', String(open));
  });
  $('workday').addEventListener('click', () => advance(`PT${untilWorkday()}S`));
  for (const node of document.querySelectorAll('[data-advance]'))
    node.addEventListener('click', () => advance(node.dataset.advance));
}

async function start() {
  const [world, people] = await Promise.all([api('GET', '/world'), api('GET', '/people'), loadChats()]);
  state.world = world;
  state.people = people.items;
  for (const { key, open_id, name } of state.people) state.names.set(key, name).set(open_id, name);
  $('bot').textContent = world.bot;
  document.title = `${world.bot} · 飞书沙箱`;
  wire();
  drawTips();
  await readClock();
  setInterval(drawClock, 1000);
  setInterval(() => readClock().catch(() => undefined), 5000);
  const tip = world.tips.find(({ chat }) => chat);
  const first = state.chats.find(({ chat }) => chat === tip?.chat) ?? state.chats[0];
  if (first) openChat(first);
  await followMessages();
}

attempt(start);
