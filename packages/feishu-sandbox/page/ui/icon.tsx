/** Line icons on a 24 × 24 grid, drawn for this page. */
const PATHS = {
  back: 'M15 5l-7 7 7 7',
  close: 'M6 6l12 12M18 6L6 18',
  send: 'M4 12l16-8-5 16-3.5-6.5L4 12zM11.5 13.5L20 4',
  at: 'M16 12a4 4 0 1 1-8 0 4 4 0 0 1 8 0zm0 0v1.5a2.5 2.5 0 0 0 5 0V12a9 9 0 1 0-4 7.5',
  slash: 'M15 4L9 20',
  image: 'M4 5h16v14H4zM4 16l5-5 4 4 3-3 4 4M15 9h.01',
  file: 'M7 3h7l5 5v13H7zM14 3v5h5',
  clip: 'M19 11l-7.5 7.5a5 5 0 0 1-7-7L12 4a3.3 3.3 0 0 1 4.7 4.7L9.5 16a1.7 1.7 0 0 1-2.4-2.4L13.5 7.2',
  reply: 'M9 7l-5 5 5 5M4 12h10a6 6 0 0 1 6 6',
  thread: 'M5 5h14v10H10l-5 4zM9 9h6M9 12h4',
  smile: 'M21 12a9 9 0 1 1-18 0 9 9 0 0 1 18 0zM8.5 14.5a4 4 0 0 0 7 0M9 9.5h.01M15 9.5h.01',
  recall: 'M4 9h11a5 5 0 0 1 0 10H8M8 5L4 9l4 4',
  clock: 'M21 12a9 9 0 1 1-18 0 9 9 0 0 1 18 0zM12 7v5l3.5 2',
  play: 'M7 5l12 7-12 7z',
  stop: 'M7 7h10v10H7z',
  forward: 'M5 6l7 6-7 6zM13 6l7 6-7 6z',
  code: 'M8 7l-5 5 5 5M16 7l5 5-5 5M14 4l-4 16',
  theme: 'M12 3a9 9 0 1 0 9 9 7 7 0 0 1-9-9z',
  search: 'M17 11a6 6 0 1 1-12 0 6 6 0 0 1 12 0zM15.5 15.5L20 20',
  copy: 'M9 9h11v11H9zM5 15V4h11',
  down: 'M6 9l6 6 6-6',
  more: 'M6 12h.01M12 12h.01M18 12h.01',
  check: 'M5 13l4.5 4.5L19 7',
  people: 'M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4 21a8 8 0 0 1 16 0',
  calendar: 'M4 6h16v14H4zM4 10h16M8 3v4M16 3v4',
  lock: 'M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3',
  pause: 'M9 5v14M15 5v14',
  clear: 'M4 7h16M9 7V4h6v3M6.5 7l1 13h9l1-13',
  right: 'M9 5l7 7-7 7',
  enlarge: 'M9 4H4v5M15 4h5v5M9 20H4v-5M15 20h5v-5',
  link: 'M10 14a4 4 0 0 0 6 .4l3-3a4 4 0 0 0-5.7-5.7L12 7M14 10a4 4 0 0 0-6-.4l-3 3a4 4 0 0 0 5.7 5.7L12 17',
  warning: 'M12 4l9 16H3zM12 10v4M12 17h.01',
  info: 'M21 12a9 9 0 1 1-18 0 9 9 0 0 1 18 0zM12 11v5M12 8h.01',
  bell: 'M6 17V11a6 6 0 0 1 12 0v6l1.5 1.5h-15zM10 21h4',
  chart: 'M4 20h16M7 16v-5M12 16V6M17 16v-8',
  place: 'M12 21s7-6 7-11a7 7 0 1 0-14 0c0 5 7 11 7 11zM12 12.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5z',
  star: 'M12 4l2.5 5.2 5.6.8-4 4 1 5.7-5.1-2.7-5 2.7 1-5.7-4.1-4 5.6-.8z',
} as const;

export type IconName = keyof typeof PATHS;

export const Icon = ({ name }: { name: IconName }) => (
  <svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
    <path d={PATHS[name]} />
  </svg>
);

/** A button that shows an icon only; its label is read aloud and shown on hovering. */
export function IconButton(props: {
  icon: IconName;
  label: string;
  onClick: (event: MouseEvent) => void;
  pressed?: boolean;
  disabled?: boolean;
  class?: string;
}) {
  const { icon, label, onClick, pressed, disabled = false } = props;
  return (
    <button
      type="button"
      class={`icon-button ${props.class ?? ''}`}
      title={label}
      aria-label={label}
      aria-pressed={pressed}
      disabled={disabled}
      onClick={onClick}
    >
      <Icon name={icon} />
    </button>
  );
}
