import type { FaultInput, SetFault } from '../core/sandbox.ts';
import { kindWords, targetText } from './fault-words.ts';

export const FaultList = ({ faults, onClear }: { faults: readonly SetFault[]; onClear: () => void }) => (
  <section aria-label="已设的故障" class="fault-list">
    <header>
      <h2>已设的故障</h2>
      <button type="button" class="button" disabled={faults.length === 0} onClick={onClear}>
        全部清除
      </button>
    </header>
    {faults.length === 0 && <p class="quiet">没有。用完的会自己消失，沙箱重启也会清空。</p>}
    <ul>
      {faults.map((fault, index) => (
        <li key={index}>
          <span class="tag tint-orange">{kindWords(fault.kind)}</span> {numbersText(fault)}
          <small>还剩{fault.left}次</small>
          <code>{targetText(fault.match)}</code>
        </li>
      ))}
    </ul>
  </section>
);

const numbersText = ({ http, code, ms }: FaultInput): string =>
  [
    http === undefined ? '' : `HTTP ${http}`,
    code === undefined ? '' : `code ${code}`,
    ms === undefined ? '' : `${ms}毫秒`,
  ]
    .filter(Boolean)
    .join(' · ');
