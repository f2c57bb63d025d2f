import { ClockBar } from '../clock/clock-bar.tsx';
import { Composer } from '../composer/composer.tsx';
import { chat, chatKey, connected, developerOpen } from '../core/state.ts';
import { toast } from '../core/toast.ts';
import { DeveloperPanel } from '../developer/panel.tsx';
import { MessageList } from '../messages/message-list.tsx';
import { ThreadPanel } from '../messages/thread-panel.tsx';
import { IconButton } from '../ui/icon.tsx';
import { ChatHeader } from './chat-header.tsx';
import { ChatList } from './chat-list.tsx';
import { PersonSwitch } from './person-switch.tsx';
import { ThemeButton } from './theme.tsx';

/** The whole page: clock bar above; chats, messages, and beside them a topic or the developer's panel. */
export function App() {
  return (
    <div class={`app ${chatKey.value === null ? 'no-chat' : 'with-chat'}`}>
      <header class="top-bar">
        <PersonSwitch />
        <ClockBar />
        <ThemeButton />
        <IconButton
          icon="code"
          label="开发者面板"
          pressed={developerOpen.value}
          onClick={() => (developerOpen.value = !developerOpen.value)}
        />
      </header>
      <div class="panes">
        <ChatList />
        <main>
          <ChatHeader />
          {chat.value ? (
            <>
              <MessageList />
              <Composer />
            </>
          ) : (
            <p class="quiet centred">在左边选一个会话</p>
          )}
        </main>
        <ThreadPanel />
        {developerOpen.value && <DeveloperPanel />}
      </div>
      <ToastLine />
    </div>
  );
}

function ToastLine() {
  const shown = toast.value;
  return (
    <div class="toasts" role="status">
      {!connected.value && <p class="toast warning">与沙箱断开了，正在重连…</p>}
      {shown && <p class={`toast ${shown.type}`}>{shown.content}</p>}
    </div>
  );
}
