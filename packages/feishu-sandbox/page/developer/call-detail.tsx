import { type CallView, sandbox } from '../core/sandbox.ts';
import { Block, BodyBlock, CopyButton } from './block.tsx';
import { codeWords } from './code-words.ts';
import { callCurl } from './curl.ts';
import { useFetched } from './use-fetched.ts';

/** A call of the bot: what it asked for, what it got, and what that means. */
export function CallDetails({ call }: { call: CallView }) {
  const { value, problem } = useFetched(String(call.seq), () => sandbox.call(call.seq));
  return (
    <>
      <p class="detail-id">
        <code>{`${call.method} ${call.path}`}</code>
        <CopyButton what="路径" text={() => call.path} />
        {value && <CopyButton what="curl命令" label="复制为curl" text={() => callCurl(location.origin, value)} />}
      </p>
      <Meaning call={call} />
      {problem !== null && <p class="problem">{problem}</p>}
      {value && (
        <>
          {Object.keys(value.query).length > 0 && <BodyBlock title="查询参数" body={value.query} empty="" />}
          <BodyBlock title="请求" body={value.request} empty="没有正文，或已不再保留" />
          <BodyBlock title="回应" body={value.response} empty="没有正文，或已不再保留" />
        </>
      )}
    </>
  );
}

/** The code in words; a call that simply worked needs none. */
function Meaning({ call: { code, http, known, uuid } }: { call: CallView }) {
  const words = code === null ? null : codeWords(code);
  return (
    <Block title="结果">
      <dl class="headers">
        <div>
          <dt>HTTP</dt>
          <dd>{http ?? '连接在处理前断开'}</dd>
        </div>
        <div>
          <dt>code</dt>
          <dd>{code === null ? '没有' : `${code} ${words?.meaning ?? '这张表里没有，看回应里的msg'}`}</dd>
        </div>
        {words && words.advice !== '' && (
          <div>
            <dt>怎么办</dt>
            <dd>{words.advice}</dd>
          </div>
        )}
        {uuid !== null && (
          <div>
            <dt>uuid</dt>
            <dd>{uuid}（一小时内同一个uuid只发一次）</dd>
          </div>
        )}
      </dl>
      {!known && <p class="tag tint-orange">未知路径：沙箱没有仿这个接口</p>}
    </Block>
  );
}
