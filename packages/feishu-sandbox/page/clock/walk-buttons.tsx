import { go, moving, WALKS, type WalkName } from './walk.ts';

/** A button for each of these walks, in the bar or, where there is no room, in its menu. */
export const WalkButtons = ({ of, onChoose }: { of: readonly WalkName[]; onChoose?: () => void }) => (
  <>
    {of.map((name) => (
      <button
        key={name}
        type="button"
        class={`button walk-${name}`}
        disabled={moving.value}
        onClick={() => {
          onChoose?.();
          void go(WALKS[name].aim);
        }}
      >
        {WALKS[name].label}
      </button>
    ))}
  </>
);
