/** The open topic, beside the chat. */
export const ThreadPanel = () => null;
