/** One line per decision: an event name and facts, never a message's text, a token or a name. Pino fits as it is. */
type Write = (facts: Readonly<Record<string, unknown>>, sentence: string) => void;
export type Log = { readonly info: Write; readonly warn: Write; readonly error: Write; readonly debug: Write };
