import type { Method } from '../../src/api/routes.ts';
import type { RefusalCode } from '../../src/core/refusals.ts';
import type { Scene } from './scene.ts';

type Run = (scene: Scene) => Promise<unknown>;

/** A call that the platform refuses: with this code, and with HTTP 400 unless said otherwise. */
export interface Check {
  when: string;
  code: number;
  http: number;
  run: Run;
  /** The code does not arise by itself here; a fault of the control API brings it. */
  byFault: boolean;
}

/** What is checked of one endpoint. */
export interface Row {
  endpoint: `${Method} /${string}`;
  success: Run;
  shape: object;
  refusals: Check[];
}

export const refuses = (code: RefusalCode, when: string, run: Run, http = 400): Check => ({
  when,
  code,
  http,
  run,
  byFault: false,
});

/** The codes of the platform that nothing but a fault can bring about here. */
export const byFaults = (codes: readonly number[], method: string, path: string, run: Run): Check[] =>
  codes.map((code) => ({
    when: 'by a fault of the control API',
    code,
    http: 400,
    byFault: true,
    run: async (scene) => {
      await scene.control.addFault({ match: { method, path }, kind: 'status', http: 400, code });
      return run(scene);
    },
  }));
