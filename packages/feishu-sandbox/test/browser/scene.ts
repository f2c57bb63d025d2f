import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll } from 'vitest';
import { create, openStage, type Stage } from '../helpers.ts';
import { launch, openTab, type Tab } from './browser.ts';

export interface Scene {
  stage: Stage;
  /** Opens a window as this person in this chat; every window must stay without complaint. */
  open(hash: string, wanted?: BrowserContextOptions): Promise<Page>;
  /** The bot sends a card into the group; its id. */
  card(content: object): Promise<string>;
}

/** A sandbox with a stand-in for the bot, and windows on its page. Windows are closed, and judged, after each test. */
export function useScene(): Scene {
  let browser: Browser;
  let stage: Stage;
  const tabs: Tab[] = [];
  beforeAll(async () => {
    [browser, stage] = await Promise.all([launch(), openStage()]);
    await stage.control.setClock({ speed: 1 });
  });
  afterEach(async () => {
    const closing = tabs.splice(0);
    await Promise.all(closing.map((tab) => tab.close()));
    for (const tab of closing) tab.expectClean();
  });
  afterAll(async () => {
    await browser?.close();
    await stage?.stop();
  });
  return {
    get stage() {
      return stage;
    },
    async open(hash, wanted) {
      const tab = await openTab(browser, `${stage.sandbox.url}/#${hash}`, wanted);
      tabs.push(tab);
      return tab.page;
    },
    async card(content) {
      const sent = await create(stage.sdk, JSON.stringify(content), { msgType: 'interactive' });
      return sent.data?.message_id ?? '';
    },
  };
}

export const SECRETARY = 'as=A.secretary&chat=A';
export const MEMBER = 'as=A.member.01&chat=A';

/** A small picture that a browser can show. */
export const PNG =
  'iVBORw0KGgoAAAANSUhEUgAAAAgAAAAICAIAAABLbSncAAAAFElEQVR4nGP8z8DAwMDAxMDAwAAACQ0BAUjcnHsAAAAASUVORK5CYII=';
