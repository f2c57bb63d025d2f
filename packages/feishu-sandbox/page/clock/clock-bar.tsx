/** The sandbox's time and the ways to move it. */
export const ClockBar = () => <div class="clock-bar" />;
