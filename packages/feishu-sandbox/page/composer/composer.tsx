/** Where the speaker writes. */
export const Composer = () => <form class="composer" />;
