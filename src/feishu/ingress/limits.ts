/** What one request, one client and all of them together may cost before any cryptography runs. */
export type Limits = {
  readonly maxBodyBytes: number;
  /** Feishu itself waits three seconds; a body slower than that has no reader left. */
  readonly bodyTimeoutMs: number;
  readonly maxInFlight: number;
  /** Bytes that the bodies under way may take together; a body of unknown length counts as the largest. */
  readonly maxReservedBytes: number;
  readonly requestsPerSecond: number;
  readonly burst: number;
  /** What a refused request costs, in requests: strangers run dry long before Feishu does. */
  readonly refusalCost: number;
  /** Clients remembered; beyond it the one seen first is forgotten. */
  readonly maxClients: number;
  readonly pastMs: number;
  readonly futureMs: number;
};

export const defaultLimits: Limits = {
  maxBodyBytes: 1_048_576,
  bodyTimeoutMs: 3_000,
  maxInFlight: 1_000,
  maxReservedBytes: 128 * 1_048_576,
  requestsPerSecond: 20_000,
  burst: 40_000,
  refusalCost: 20,
  maxClients: 4_096,
  // Feishu repeats a push for 7 h 5 min 15 s, and nobody promises that a repeat carries a fresh time.
  pastMs: 8 * 3_600_000,
  futureMs: 5 * 60_000,
};
