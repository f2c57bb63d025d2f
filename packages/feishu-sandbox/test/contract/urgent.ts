import { gone, recalled } from './reading.ts';
import { type Check, type Row, refuses } from './row.ts';
import { MEMBER, type Scene, SECRETARY, STRANGER } from './scene.ts';

type UrgentKind = 'urgentApp' | 'urgentSms' | 'urgentPhone';

function urgentRow(kind: UrgentKind, path: Row['endpoint'], more: Check[] = []): Row {
  const urge = ({ sdk }: Scene, message_id: string, ids = [MEMBER]): Promise<unknown> =>
    sdk.im.message[kind]({ path: { message_id }, params: { user_id_type: 'open_id' }, data: { user_id_list: ids } });
  return {
    endpoint: path,
    success: async (s) => urge(s, await s.sent(), [MEMBER, STRANGER]),
    shape: { code: 0, data: { invalid_user_id_list: [STRANGER] } },
    refusals: [
      ...gone(urge),
      recalled(urge),
      refuses(230001, 'nobody of the list is in the chat', async (s) => urge(s, await s.sent(), [STRANGER])),
      refuses(230012, 'the message is of somebody else', async (s) => urge(s, (await s.said()).id)),
      refuses(99992402, 'user_id_type is missing', async (s) =>
        s.request('PATCH', `/im/v1/messages/${await s.sent()}/${path.split('/').at(-1)}`, { user_id_list: [MEMBER] }),
      ),
      ...more,
    ],
  };
}

/** 200 unread urgent messages are as many as one can have; after reading there is room again. */
async function flooded(scene: Scene): Promise<unknown> {
  const urge = async (): Promise<unknown> =>
    scene.sdk.im.message.urgentApp({
      path: { message_id: await scene.sent() },
      params: { user_id_type: 'open_id' },
      data: { user_id_list: [SECRETARY] },
    });
  for (let count = 0; count < 200; count += 5) {
    await scene.times(5, urge);
    await scene.control.advance('PT2S');
  }
  const refused = await urge().catch((error: unknown) => error);
  await scene.control.read({ message_id: await scene.sent(), as: 'A.secretary' });
  await urge();
  throw refused;
}

export const URGENT: Row[] = [
  urgentRow('urgentApp', 'patch /im/v1/messages/:message_id/urgent_app', [
    refuses(230023, '200 urgent messages are unread', flooded),
  ]),
  urgentRow('urgentSms', 'patch /im/v1/messages/:message_id/urgent_sms'),
  urgentRow('urgentPhone', 'patch /im/v1/messages/:message_id/urgent_phone'),
];
