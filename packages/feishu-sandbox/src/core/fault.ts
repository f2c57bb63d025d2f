/** A fault of the control API: answered as `{code,msg}` with this 4xx status. */
export class ControlFault extends Error {
  readonly http: number;
  constructor(http: number, message: string) {
    super(message);
    this.http = http;
  }
}

interface ApiFaultExtra {
  http?: number;
  headers?: Record<string, string>;
  detail?: Record<string, unknown>;
}

/** An error of the emulated platform: `{code,msg,error:{log_id}}`, HTTP 400 unless said otherwise. */
export class ApiFault extends Error {
  readonly code: number;
  readonly http: number;
  readonly headers: Record<string, string>;
  readonly detail: Record<string, unknown>;
  constructor(code: number, message: string, extra: ApiFaultExtra = {}) {
    super(message);
    this.code = code;
    this.http = extra.http ?? 400;
    this.headers = extra.headers ?? {};
    this.detail = extra.detail ?? {};
  }
}
