import { CallLog } from '../api/call-log.ts';
import { Deliveries } from '../events/deliveries.ts';
import { type AppCredentials, loadCredentials } from './app-config.ts';
import { SandboxClock } from './clock.ts';
import { Faults } from './faults.ts';
import { Files } from './files.ts';
import { Followers } from './followers.ts';
import { openIdOf } from './ids.ts';
import {
  ensureDir,
  FileJournal,
  type Journal,
  journalFile,
  noJournal,
  readJournal,
  rewriteJournal,
} from './journal.ts';
import { RateLimits } from './limits.ts';
import type { JournalRecord } from './records.ts';
import { State } from './state.ts';
import { parseIso } from './time.ts';
import { Timeline } from './timeline.ts';
import { Directory, readWorld, type World } from './world.ts';

export interface SandboxSettings {
  world: string;
  webhook: string;
  now?: string | undefined;
  dataDir?: string | undefined;
  app: Partial<AppCredentials>;
}

/** The parts of one sandbox, put together. It knows no HTTP server. */
export class Sandbox {
  readonly world: World;
  readonly directory: Directory;
  readonly app: AppCredentials;
  readonly bot: { openId: string; unionId: string; name: string };
  readonly state: State;
  readonly clock: SandboxClock;
  readonly followers: Followers;
  readonly faults = new Faults();
  readonly limits = new RateLimits();
  readonly deliveries: Deliveries;
  readonly timeline: Timeline;
  readonly files: Files;
  readonly callLog = new CallLog();
  webhook: string;
  readonly #journal: Journal;

  constructor(settings: SandboxSettings) {
    this.webhook = checkedWebhook(settings.webhook);
    this.world = readWorld(settings.world);
    this.directory = new Directory(this.world);
    this.app = loadCredentials(settings.app, settings.dataDir);
    const hex = openIdOf(`bot:${this.app.app_id}`).slice(3);
    this.bot = { openId: `ou_${hex}`, unionId: `on_${hex}`, name: this.world.bot.name };
    this.state = new State(this.directory);
    this.#journal = openJournal(this.state, settings.dataDir);
    this.clock = new SandboxClock(this.state, startOf(settings.now));
    this.followers = new Followers(this.clock);
    const { app, state, clock, followers, faults } = this;
    this.deliveries = new Deliveries({ app, state, clock, followers, faults, webhook: () => this.webhook });
    this.timeline = new Timeline(this.clock, this.followers, this.deliveries);
    this.files = new Files(this.state, settings.dataDir);
  }

  setWebhook(url: string): void {
    this.webhook = checkedWebhook(url);
  }

  /** A person's name, the bot's, or the id itself. */
  readonly nameOf = (id: string): string =>
    id === this.bot.openId ? this.bot.name : (this.directory.person(id)?.name ?? id);

  close(): void {
    this.timeline.close();
    this.deliveries.close();
    this.files.close();
    this.#journal.close();
  }
}

/** An empty one: none has been set yet. */
function checkedWebhook(url: string): string {
  if (url === '') return url;
  if (!URL.canParse(url) || new URL(url).protocol !== 'http:') throw new Error(`webhook ${url} is not an http address`);
  return url;
}

function startOf(now: string | undefined): number {
  if (now === undefined) return Date.now();
  const ms = parseIso(now);
  if (ms === null) throw new Error(`now ${now} is not an ISO 8601 time`);
  return ms;
}

function openJournal(state: State, dataDir: string | undefined): Journal {
  if (dataDir === undefined) return noJournal;
  ensureDir(dataDir);
  const file = journalFile(dataDir);
  const records = readJournal(file);
  state.replay(records);
  compact(file, records, state);
  const journal = new FileJournal(file);
  state.attach(journal);
  return journal;
}

/** Rewrites a journal that has become much longer than what it says. */
function compact(file: string, records: readonly JournalRecord[], state: State): void {
  if (records.length < 2000) return;
  const short = [...state.snapshot()];
  if (short.length * 2 < records.length) rewriteJournal(file, short);
}
