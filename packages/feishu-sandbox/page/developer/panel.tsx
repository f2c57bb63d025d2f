/** Events, the bot's answers, and the calls it made. */
export const DeveloperPanel = () => <aside class="developer" />;
