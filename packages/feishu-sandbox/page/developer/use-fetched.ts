import { useEffect, useState } from 'preact/hooks';

interface Fetched<T> {
  value: T | null;
  /** Why it could not be had. */
  problem: string | null;
}

/** Fetches anew whenever `version` changes; until then, and while it fetches, the last value stands. */
export function useFetched<T>(version: string, load: () => Promise<T>): Fetched<T> {
  const [fetched, setFetched] = useState<Fetched<T>>({ value: null, problem: null });
  useEffect(() => {
    let wanted = true;
    load().then(
      (value) => wanted && setFetched({ value, problem: null }),
      (error: Error) => wanted && setFetched({ value: null, problem: error.message }),
    );
    return () => {
      wanted = false;
    };
  }, [version]);
  return fetched;
}
