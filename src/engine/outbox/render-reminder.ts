import { renderCard } from '../../cards/card.ts';
import { type ReminderLine, reminderCard } from '../../cards/reminder.ts';
import type { PolicyPack } from '../../domain/duty/index.ts';
import { unitOf } from '../../domain/organisation.ts';
import type { OutboxRow } from '../../domain/rows.ts';
import { shortCode } from '../../domain/short-code.ts';
import { localDate } from '../../domain/time/local.ts';
import type { WorkCalendar } from '../../domain/time/work-calendar.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Store } from '../../ports/store.ts';

export type RenderOptions = {
  readonly store: Pick<Store, 'duties' | 'directory'>;
  readonly pack: PolicyPack;
  readonly calendar: WorkCalendar;
  readonly zone: string;
  readonly clock: Clock;
};

/** A reminder as things stand at its first try: what was met or waived meanwhile falls out; nothing left = null. */
export const createRenderReminder =
  ({ store, pack, calendar, zone, clock }: RenderOptions) =>
  async (row: OutboxRow): Promise<string | null> => {
    const [duties, organisation] = await Promise.all([store.duties.find(row.duties), store.directory.organisation()]);
    const lines = row.items.flatMap((item): ReminderLine[] => {
      const duty = duties.find((one) => one._id === item.duty);
      const policy = pack.policies.find((one) => one.id === duty?.policy);
      if (!duty || !policy || duty.met || duty.waiver?.state === 'agreed' || duty.skipped.includes(item.step))
        return [];
      return [{ duty, policy, card: item.card, unitName: unitOf(organisation, duty.unit)?.name ?? duty.unit }];
    });
    if (lines.length === 0) return null;
    const view = { lines, to: row.to.type, today: localDate(clock.now(), zone), calendar };
    return JSON.stringify(renderCard(reminderCard(view), shortCode(row._id)));
  };
