/** So many clock changes at least, at even distances, let a paced walk be watched. */
const STOPS = 50;

interface PacedWalk {
  begin: number;
  end: number;
  /** When it began in real time, on the clock of `performance`. */
  started: number;
  paceMs: number | undefined;
}

export interface Pacing {
  /** The next stop that only shows that time goes by. */
  evenStop(now: number): number;
  /** How long to wait, in real time, before the walk may stand at this instant; ≤ 0 = go. */
  realMsTo(instant: number): number;
}

/** Spreads a walk evenly over a stretch of real time; without one it goes as fast as it can. */
export function pacing({ begin, end, started, paceMs }: PacedWalk): Pacing {
  if (paceMs === undefined) return { evenStop: () => end, realMsTo: () => 0 };
  const span = end - begin;
  const stop = (index: number): number => begin + Math.ceil((span * index) / STOPS);
  return {
    evenStop: (now) => stop(Math.floor(((now - begin) * STOPS) / span) + 1),
    realMsTo: (instant) => started + ((instant - begin) / span) * paceMs - performance.now(),
  };
}
