import { useSignal } from '@preact/signals';
import { attempt, type FaultInput, sandbox } from '../core/sandbox.ts';
import { FaultList } from './fault-list.tsx';
import { FAULTS, type FaultField, matchOf } from './fault-words.ts';
import { calls, events } from './log-state.ts';
import { patternOf } from './paths.ts';
import { useFetched } from './use-fetched.ts';

const FIELDS: Readonly<Record<FaultField, { label: string; value: string }>> = {
  http: { label: 'HTTP状态', value: '500' },
  code: { label: 'code（可空）', value: '' },
  ms: { label: '毫秒', value: '4000' },
};

/** Sets and clears the faults that the next events and calls run into. */
export function Faults() {
  const changes = useSignal(0);
  // What happened may have used a fault up.
  const happened = `${calls.value.at(-1)?.seq} ${events.value.map(({ attempts }) => attempts.length).join()}`;
  const { value, problem } = useFetched(`${changes.value} ${happened}`, () => sandbox.faults());
  const change = async (work: () => Promise<unknown>): Promise<void> => {
    await attempt(work);
    changes.value += 1;
  };
  return (
    <div class="settings">
      <FaultForm onSet={(fault) => void change(() => sandbox.addFault(fault))} />
      {problem !== null && <p class="problem">{problem}</p>}
      <FaultList faults={value?.items ?? []} onClear={() => void change(() => sandbox.clearFaults())} />
    </div>
  );
}

function FaultForm({ onSet }: { onSet: (fault: FaultInput) => void }) {
  const kind = useSignal(FAULTS[0]);
  const submit = (event: SubmitEvent & { currentTarget: HTMLFormElement }): void => {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    if (kind.value) onSet(faultOf(kind.value, (name) => String(data.get(name) ?? '')));
  };
  return (
    <form class="fault-form" onSubmit={submit}>
      <label>
        种类
        <select
          onChange={(event) => {
            kind.value = FAULTS[event.currentTarget.selectedIndex];
          }}
        >
          {FAULTS.map(({ kind: key, label, on }) => (
            <option key={key}>
              {label}（{on}）
            </option>
          ))}
        </select>
      </label>
      <label>
        对准什么
        <input name="target" list="fault-targets" required placeholder="事件类型，或 方法 路径；*代表任意" />
      </label>
      <Targets />
      <div class="fault-numbers">
        {(kind.value?.fields ?? []).map((field) => (
          <NumberField key={field} name={field} {...FIELDS[field]} />
        ))}
        <NumberField name="times" label="次数" value="1" />
      </div>
      <button type="submit" class="button primary">
        设下
      </button>
    </form>
  );
}

const NumberField = ({ name, label, value }: { name: string; label: string; value: string }) => (
  <label>
    {label}
    <input name={name} type="number" min={name === 'times' ? 1 : 0} required={value !== ''} defaultValue={value} />
  </label>
);

/** What was seen so far, offered to choose from. */
function Targets() {
  const seen = new Set([
    ...events.value.map(({ type }) => type),
    ...calls.value.map(({ method, path }) => `${method} ${patternOf(path)}`),
  ]);
  return (
    <datalist id="fault-targets">
      {[...seen].sort().map((target) => (
        <option key={target} value={target} />
      ))}
      <option value="*" />
    </datalist>
  );
}

function faultOf({ kind, fields }: (typeof FAULTS)[number], read: (name: string) => string): FaultInput {
  const given = fields.filter((field) => read(field) !== '');
  const numbers = Object.fromEntries(given.map((field) => [field, Number(read(field))]));
  return { match: matchOf(read('target')), kind, times: Number(read('times')), ...numbers };
}
