const SWIPE_PIXELS = 60;

/** Whether a key was pressed in a text field. */
export const isTyping = ({ target }: Event): boolean =>
  target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement;

/** Listeners that turn swipes by touch into steps: 1 to the left, -1 to the right. */
export function swipes(step: (steps: number) => void) {
  let from: number | null = null;
  return {
    start: ({ clientX }: PointerEvent): void => {
      from = clientX;
    },
    end: ({ clientX, pointerType }: PointerEvent): void => {
      const moved = clientX - (from ?? clientX);
      if (pointerType === "touch" && Math.abs(moved) > SWIPE_PIXELS) step(moved < 0 ? 1 : -1);
    },
  };
}
