/** Something may have changed: everybody who waits looks again. */
export class Signal {
  readonly #waiters = new Set<() => void>();

  notify(): void {
    const waiters = [...this.#waiters];
    this.#waiters.clear();
    for (const wake of waiters) wake();
  }

  /** Resolves at the next notify, after `ms` of real time, or when `abort` fires. */
  wait(ms: number, abort?: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        this.#waiters.delete(done);
        abort?.removeEventListener('abort', done);
        resolve();
      };
      const timer = setTimeout(done, Math.max(0, ms));
      this.#waiters.add(done);
      if (abort?.aborted) done();
      else abort?.addEventListener('abort', done);
    });
  }

  /** Waits until `ready()` holds; false when `ms` of real time went by first. Looks again at least every `pulse` ms. */
  async until(ready: () => boolean, ms: number, abort?: AbortSignal, pulse = 1000): Promise<boolean> {
    const end = performance.now() + ms;
    for (;;) {
      if (ready()) return true;
      const left = end - performance.now();
      if (left <= 0 || abort?.aborted) return false;
      await this.wait(Math.min(left, pulse), abort);
    }
  }
}
