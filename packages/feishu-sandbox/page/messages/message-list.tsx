/** The messages of the open chat. */
export const MessageList = () => <div class="message-list" />;
