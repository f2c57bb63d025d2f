import { useEffect, useState } from 'preact/hooks';
import type { DeliveryDetail, TraceView } from '../core/sandbox.ts';
import { fineTimeText, shortDayText } from '../core/time.ts';
import { Block, BodyBlock, CopyButton } from './block.tsx';
import { attemptCurl } from './curl.ts';
import { pushResult } from './log.ts';
import { app } from './log-state.ts';
import { reckonSignature, type Signed, signedOf } from './signature.ts';

type AttemptDetail = DeliveryDetail['attempts'][number];

/** One push: what went out, whether its signature is right, and what the bot answered. */
export const Attempt = (props: { attempt: AttemptDetail; number: number; open: boolean }) => {
  const { at, ms, manual, trace } = props.attempt;
  return (
    <details class="attempt" open={props.open}>
      <summary>
        第{props.number}次 · {shortDayText(at)} {fineTimeText(at)} · {pushResult(props.attempt)} · {ms}毫秒
        {manual ? ' · 手动' : ''}
      </summary>
      {trace ? <Trace trace={trace} /> : <p class="quiet">这一次的报文已不再保留</p>}
    </details>
  );
};

function Trace({ trace }: { trace: TraceView }) {
  const { webhook = '', encrypt_key: encryptKey = '' } = app.value ?? {};
  const signed = signedOf(trace.headers);
  const headers = Object.entries(trace.headers).map(([name, value]) => `${name}: ${value}`);
  return (
    <>
      <Block
        title="请求头"
        actions={
          <>
            <CopyButton what="请求头" text={() => headers.join('\n')} />
            <CopyButton what="curl命令" label="复制为curl" text={() => attemptCurl(webhook, trace)} />
          </>
        }
      >
        <dl class="headers">
          {Object.entries(trace.headers).map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      </Block>
      {signed ? <Signature signed={signed} encryptKey={encryptKey} body={trace.body} /> : null}
      <BodyBlock title="加密后的正文" body={trace.body} empty="没有正文" />
      <BodyBlock title="机器人的回应" body={trace.answer} empty="没有正文" />
    </>
  );
}

/** The signature reckoned anew here, from what was sent and the key of the app. */
function Signature({ signed, encryptKey, body }: { signed: Signed; encryptKey: string; body: string }) {
  const [reckoned, setReckoned] = useState<string | null>(null);
  useEffect(() => {
    let wanted = true;
    void reckonSignature(signed, encryptKey, body).then((hash) => wanted && setReckoned(hash));
    return () => {
      wanted = false;
    };
  }, [signed.signature, encryptKey, body]);
  if (reckoned === null) return null;
  const right = reckoned === signed.signature;
  return (
    <Block title="签名" actions={<CopyButton what="算式" text={() => formula(signed, '<encrypt_key>', body)} />}>
      <p>
        <span class={`tag ${right ? 'tint-green' : 'tint-red'}`}>{right ? '签名相符 ✓' : '签名不符 ✕'}</span>{' '}
        <small>在这里重算一遍：</small>
      </p>
      <code class="formula">sha256(timestamp + nonce + encrypt_key + body)</code>
      <code class="formula">= {reckoned}</code>
    </Block>
  );
}

const formula = ({ timestamp, nonce, signature }: Signed, key: string, body: string): string =>
  `sha256("${timestamp}" + "${nonce}" + "${key}" + ${JSON.stringify(body)}) = ${signature}`;
