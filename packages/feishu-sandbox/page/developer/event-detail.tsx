import { useSignal } from '@preact/signals';
import { attempt, type DeliveryDetail, type DeliveryView, sandbox } from '../core/sandbox.ts';
import { fineTimeText, shortDayText } from '../core/time.ts';
import { Attempt } from './attempt.tsx';
import { Block, BodyBlock, CopyButton } from './block.tsx';
import { callRow, callsAfter, pushResult } from './log.ts';
import { calls, showRow } from './log-state.ts';
import { RowLink } from './row-link.tsx';
import { useFetched } from './use-fetched.ts';

/** An event: what was pushed, how each push went, and what the bot did afterwards. */
export function EventDetails({ event }: { event: DeliveryView }) {
  const version = `${event.event_id} ${event.attempts.length} ${event.open}`;
  const { value, problem } = useFetched(version, () => sandbox.delivery(event.event_id));
  return (
    <>
      <p class="detail-id">
        <code>{event.event_id}</code>
        <CopyButton what="事件编号" text={() => event.event_id} />
      </p>
      {event.open && event.next_at !== null && (
        <p class="tag tint-yellow">
          还没送达，{shortDayText(event.next_at)}
          {fineTimeText(event.next_at)}再推
        </p>
      )}
      <Replay event={event} />
      {problem !== null && <p class="problem">{problem}</p>}
      {value && <Pushed detail={value} />}
      <CallsAfter event={event} />
    </>
  );
}

const Pushed = ({ detail: { plain, attempts } }: { detail: DeliveryDetail }) => (
  <>
    <BodyBlock title="事件内容" body={plain} empty="已不再保留" />
    <Block title={`推送（${attempts.length}次）`}>
      {attempts.map((one, index) => (
        <Attempt key={index} attempt={one} number={index + 1} open={index === attempts.length - 1} />
      ))}
      {attempts.length === 0 && <p class="quiet">还没有推送</p>}
    </Block>
  </>
);

const WAYS = [
  { label: '重放', note: '同一个编号', fresh: false },
  { label: '以新编号重放', note: '新编号', fresh: true },
] as const;

/** Pushes the event once more, as a repeat or as if it were another one. */
function Replay({ event }: { event: DeliveryView }) {
  const busy = useSignal(false);
  const result = useSignal<{ text: string; eventId: string } | null>(null);
  const replay = async (fresh: boolean, note: string): Promise<void> => {
    busy.value = true;
    await attempt(async () => {
      const { results } = await sandbox.redeliver(event.event_id, { fresh_event_id: fresh });
      const [one] = results;
      if (one) result.value = { text: `${note}：${pushResult(one)}，用时${one.ms}毫秒`, eventId: one.event_id };
    });
    busy.value = false;
  };
  return (
    <div class="replay">
      {WAYS.map(({ label, note, fresh }) => (
        <button key={label} type="button" class="button" disabled={busy.value} onClick={() => void replay(fresh, note)}>
          {label}
        </button>
      ))}
      <span role="status">{result.value?.text ?? ''}</span>
      {result.value && result.value.eventId !== event.event_id && (
        <button type="button" class="small-button" onClick={() => showRow(result.value?.eventId ?? '')}>
          看新事件
        </button>
      )}
    </div>
  );
}

function CallsAfter({ event }: { event: DeliveryView }) {
  const after = callsAfter(event, calls.value);
  return (
    <Block title="随后的调用">
      <p class="quiet">
        {after.length === 0 ? '5秒内没有调用' : '5秒内的调用，多半由它引起，但没有证据把它们连在一起'}
      </p>
      {after.map(callRow).map((row) => (
        <RowLink key={row.key} row={row} />
      ))}
    </Block>
  );
}
