// An id is a prefix and something long with a digit in it, a UUID, a long row of digits, or the address of a calendar.
const ID = /^(?=.*\d)[a-z]+_[\w-]{8,}$|^[\da-f-]{16,}(?:_\d+)?$|^\d{6,}$|@|%40/i;

const eachSegment = (path: string, change: (segment: string) => string): string =>
  path.split('/').map(change).join('/');

/** Segments that name one thing become `:id`, which the control API takes for any. */
export const patternOf = (path: string): string => eachSegment(path, (segment) => (ID.test(segment) ? ':id' : segment));

/** The path as a narrow line shows it: "/im/v1/messages/om_…5c29/reply". */
export const shortPath = (path: string): string =>
  eachSegment(path.replace('/open-apis', ''), (segment) =>
    ID.test(segment) ? `${/^[a-z]+_/i.exec(segment)?.[0] ?? ''}…${segment.slice(-4)}` : segment,
  );
