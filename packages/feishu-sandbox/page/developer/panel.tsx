import { signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { developerOpen } from '../core/state.ts';
import { IconButton } from '../ui/icon.tsx';
import { AppSettings, loadApp } from './app-settings.tsx';
import { Faults } from './faults.tsx';
import { followLog } from './log-state.ts';
import { LogView } from './log-view.tsx';
import { ResizeHandle, width } from './resize-handle.tsx';

const TABS = [
  { key: 'all', label: '全部' },
  { key: 'event', label: '事件' },
  { key: 'call', label: '调用' },
  { key: 'faults', label: '故障' },
  { key: 'app', label: '应用' },
] as const;
type Tab = (typeof TABS)[number]['key'];

const tab = signal<Tab>('all');

/** Events, the bot's answers, and the calls it made; faults to set, and how the app is set up. */
export function DeveloperPanel() {
  useEffect(() => {
    void loadApp();
    return followLog();
  }, []);
  return (
    <aside class="developer" aria-label="开发者面板" style={{ '--developer-width': `${width.value}px` }}>
      <ResizeHandle />
      <header class="developer-head">
        <Tabs />
        <IconButton icon="close" label="关闭开发者面板" onClick={() => (developerOpen.value = false)} />
      </header>
      <div class="developer-body" role="tabpanel" id="developer-body" aria-labelledby={`developer-${tab.value}`}>
        <Content />
      </div>
    </aside>
  );
}

function Content() {
  const shown = tab.value;
  if (shown === 'faults') return <Faults />;
  if (shown === 'app') return <AppSettings />;
  return <LogView shown={shown} />;
}

function Tabs() {
  const step = (event: KeyboardEvent & { currentTarget: HTMLElement }): void => {
    const by = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    if (by === 0) return;
    const at = TABS.findIndex(({ key }) => key === tab.value);
    const next = TABS[(at + by + TABS.length) % TABS.length];
    if (!next) return;
    tab.value = next.key;
    event.currentTarget.querySelector<HTMLElement>(`#developer-${next.key}`)?.focus();
  };
  return (
    <div role="tablist" aria-label="开发者面板" class="developer-tabs" onKeyDown={step}>
      {TABS.map(({ key, label }) => (
        <button
          key={key}
          id={`developer-${key}`}
          type="button"
          role="tab"
          aria-selected={key === tab.value}
          aria-controls="developer-body"
          tabIndex={key === tab.value ? 0 : -1}
          onClick={() => (tab.value = key)}
        >
          {label}
        </button>
      ))}
    </div>
  );
}
