import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { type AppChange, type AppView, attempt, sandbox } from '../core/sandbox.ts';
import { CopyButton } from './block.tsx';
import { tokenCurl } from './curl.ts';
import { app } from './log-state.ts';
import { failureWords } from './words.ts';

export const loadApp = (): Promise<boolean> =>
  attempt(async () => {
    app.value = await sandbox.app();
  });

const change = (to: AppChange): Promise<boolean> =>
  attempt(async () => {
    app.value = await sandbox.patchApp(to);
  });

/** The app as the open platform's console would show it. */
export function AppSettings() {
  const view = app.value;
  if (!view) return <p class="quiet centred">读取中…</p>;
  return (
    <div class="settings">
      <Webhook webhook={view.webhook} />
      <Choice
        legend="群里哪些消息推给机器人"
        name="group-messages"
        value={view.group_messages}
        choices={[
          ['mention', '只有@机器人的'],
          ['all', '全部'],
        ]}
        onChoose={(group_messages) => void change({ group_messages })}
      />
      <Choice
        legend="推送的JSON"
        name="json"
        value={view.json}
        choices={[
          ['compact', '不带空格'],
          ['spaced', '冒号和逗号后带空格'],
        ]}
        onChoose={(json) => void change({ json })}
      />
      <Credentials view={view} />
    </div>
  );
}

function Webhook({ webhook }: { webhook: string }) {
  const result = useSignal<{ ok: boolean; text: string } | null>(null);
  const save = async (event: SubmitEvent & { currentTarget: HTMLFormElement }): Promise<void> => {
    event.preventDefault();
    const wanted = String(new FormData(event.currentTarget).get('webhook') ?? '').trim();
    if (wanted === webhook || (await change({ webhook: wanted }))) await verify();
  };
  const verify = (): Promise<boolean> =>
    attempt(async () => {
      const { ok, ms, status, why } = await sandbox.verify();
      result.value = { ok, text: ok ? `验证通过，用时${ms}毫秒` : `验证没有通过：${whyWords(why, status)}` };
    });
  return (
    <form class="webhook" onSubmit={(event) => void save(event)}>
      <label>
        请求地址
        <input name="webhook" type="url" required defaultValue={webhook} />
      </label>
      <button type="submit" class="button">
        保存并验证
      </button>
      <p role="status">
        {result.value && <span class={`tag ${result.value.ok ? 'tint-green' : 'tint-red'}`}>{result.value.text}</span>}
      </p>
    </form>
  );
}

const WHY: Readonly<Record<string, string>> = {
  'another challenge came back': '回的不是发去的challenge',
  'the answer is not JSON': '回应不是JSON',
};

const whyWords = (why: string | null, status: number): string => {
  if (why !== null && why in WHY) return WHY[why] ?? why;
  return status === 0 ? (why === 'timeout' ? '1秒内没有回应' : failureWords(why ?? undefined)) : `状态是${status}`;
};

function Choice<T extends string>(props: {
  legend: string;
  name: string;
  value: T;
  choices: readonly (readonly [T, string])[];
  onChoose: (value: T) => void;
}) {
  const { legend, name, value, choices, onChoose } = props;
  return (
    <fieldset>
      <legend>{legend}</legend>
      {choices.map(([key, label]) => (
        <label key={key}>
          <input type="radio" name={name} checked={key === value} onChange={() => onChoose(key)} />
          {label}
        </label>
      ))}
    </fieldset>
  );
}

const SECRETS = ['app_secret', 'encrypt_key', 'verification_token'] as const;

function Credentials({ view }: { view: AppView }) {
  const shown = useSignal(false);
  return (
    <section aria-label="凭证" class="credentials">
      <header>
        <h2>凭证</h2>
        <button type="button" class="button" aria-pressed={shown.value} onClick={() => (shown.value = !shown.value)}>
          {shown.value ? '隐藏' : '显示'}
        </button>
      </header>
      <dl class="headers">
        <Credential name="app_id" value={view.app_id} />
        {SECRETS.map((name) => (
          <Credential key={name} name={name} value={view[name]}>
            {shown.value ? view[name] : '••••••••'}
          </Credential>
        ))}
        <Credential name="tenant_key" value={view.tenant_key} />
        <Credential name="机器人" value={view.bot.open_id}>{`${view.bot.name} ${view.bot.open_id}`}</Credential>
      </dl>
      <CopyButton
        what="取令牌的命令"
        label="复制取令牌的命令"
        text={() => tokenCurl(location.origin, view.app_id, view.app_secret)}
      />
      <p class="quiet">它把令牌放进$TOKEN，复制的调用命令用它。</p>
    </section>
  );
}

const Credential = ({ name, value, children }: { name: string; value: string; children?: ComponentChildren }) => (
  <div>
    <dt>{name}</dt>
    <dd>
      {children ?? value} <CopyButton what={name} text={() => value} />
    </dd>
  </div>
);
