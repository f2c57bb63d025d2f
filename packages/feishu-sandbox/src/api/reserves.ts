import { z } from 'zod';
import { newMeetingNo, randomDigits } from '../core/ids.ts';
import type { Reserve } from '../core/records.ts';
import { refused } from '../core/refusals.ts';
import type { Sandbox } from '../core/sandbox.ts';
import { type ApiCall, type IdType, idOf, personById, validated, withUserIds } from './call.ts';

const MALFORMED = 121003;
const AHEAD_MS = 30 * 86_400_000;
const MOST_HOSTS = 10;

const settingsSchema = z.looseObject({
  topic: z.string().default(''),
  meeting_initial_type: z.union([z.literal(1), z.literal(2)]).default(1),
  auto_record: z.boolean().default(false),
  assign_host_list: z.array(z.looseObject({ user_type: z.int().default(1), id: z.string() })).default([]),
  password: z.string().optional(),
});
const applyBody = z.object({
  end_time: z.string().regex(/^\d{1,11}$/),
  owner_id: z.string(),
  meeting_settings: settingsSchema,
});
type Settings = z.output<typeof settingsSchema>;

/** Reserves a meeting number until `end_time`. It makes no entry in any calendar. */
export function applyReserve({ sandbox, query, body }: ApiCall): object {
  const { user_id_type: type } = validated(withUserIds, query, MALFORMED);
  const { end_time, owner_id, meeting_settings: settings } = validated(applyBody, body, MALFORMED);
  const now = sandbox.clock.now();
  const endsAt = Number(end_time) * 1000;
  if (endsAt <= now || endsAt > now + AHEAD_MS) throw refused(MALFORMED, 'end_time is not within 30 days');
  const owner = personById(sandbox, type, owner_id);
  if (!owner) throw refused(MALFORMED, 'owner_id');
  check(settings);
  const reserve: Reserve = { id: randomDigits(19), meetingNo: newMeetingNo(), owner: owner.key, endsAt, settings };
  sandbox.state.commit({ t: 'reserve', reserve });
  const invalid = settings.assign_host_list.filter(({ id: host }) => !personById(sandbox, type, host));
  const invalid_host_id_list = invalid.map(({ id: host }) => host);
  return { reserve: reserveView(reserve), reserve_correction_check_info: { invalid_host_id_list } };
}

function check({ meeting_initial_type: type, auto_record, assign_host_list: hosts, password }: Settings): void {
  if (hosts.length > MOST_HOSTS) throw refused(123003);
  if (password && !/^\d{4,9}$/.test(password)) throw refused(123006);
  if (type === 2) throw refused(auto_record ? 123002 : 121002, 'calls by telephone do not exist here');
}

function reserveView({ id, meetingNo, endsAt, settings }: Reserve): object {
  return {
    id,
    meeting_no: meetingNo,
    password: typeof settings.password === 'string' ? settings.password : '',
    url: `https://vc.feishu.cn/j/${meetingNo}`,
    app_link: `https://applink.feishu.cn/client/videochat/open?source=openplatform&action=join&idtype=reservationid&id=${id}`,
    live_link: `https://meetings.feishu.cn/s/${id}`,
    end_time: String(endsAt / 1000),
  };
}

function reserveOf({ sandbox, params }: ApiCall): Reserve {
  const reserve = sandbox.state.reserves.get(params.reserve_id ?? '');
  if (!reserve) throw refused(121004);
  return reserve;
}

/** One reserved meeting, also after its time. */
export function getReserve(call: ApiCall): object {
  const { user_id_type: type } = validated(withUserIds, call.query, MALFORMED);
  const reserve = reserveOf(call);
  const expire_status = reserve.endsAt > call.sandbox.clock.now() ? 1 : 2;
  const more = { expire_status, reserve_user_id: ownerId(call.sandbox, reserve, type) };
  return { reserve: { ...reserveView(reserve), ...more, meeting_settings: reserve.settings } };
}

function ownerId({ directory }: Sandbox, { owner }: Reserve, type: IdType): string {
  const person = directory.person(owner);
  return person ? idOf(person, type) : '';
}

/** Gives the meeting number back. */
export function deleteReserve(call: ApiCall): object {
  call.sandbox.state.commit({ t: 'reserve-deleted', id: reserveOf(call).id });
  return {};
}
