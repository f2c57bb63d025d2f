import { refused } from '../core/refusals.ts';
import { type ApiCall, personById, TopLevel, validated, withUserIds } from './call.ts';

/** The bot itself, at the top level of the answer. */
export function botInfo({ sandbox }: ApiCall): object {
  const bot = {
    activate_status: 2,
    app_name: sandbox.bot.name,
    avatar_url: '',
    ip_white_list: [],
    open_id: sandbox.bot.openId,
  };
  return new TopLevel({ msg: 'ok', bot });
}

const NO_PICTURES = { avatar_72: '', avatar_240: '', avatar_640: '', avatar_origin: '' };
const AT_WORK = { is_frozen: false, is_resigned: false, is_activated: true, is_exited: false, is_unjoin: false };

/** One person, unless outside the range of contacts that the app may see. */
export function getUser({ sandbox, query, params }: ApiCall): object {
  const { user_id_type: type } = validated(withUserIds, query);
  const person = personById(sandbox, type, params.user_id ?? '');
  if (!person) throw refused(99992351, `not a valid ${type}: ${params.user_id}`);
  if (!person.available) throw refused(41050);
  return {
    user: {
      open_id: person.openId,
      union_id: person.unionId,
      ...(person.userId ? { user_id: person.userId } : {}),
      ...(person.email ? { email: person.email } : {}),
      name: person.name,
      en_name: '',
      nickname: '',
      avatar: NO_PICTURES,
      status: AT_WORK,
      department_ids: ['0'],
      job_title: person.title ?? '',
      is_tenant_manager: false,
    },
  };
}
