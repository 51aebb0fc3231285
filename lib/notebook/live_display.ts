import { displayBundle, type MimeBundle } from "./display_bundle.ts";

/** A display that changes in place. */
export interface LiveDisplay<State> {
  /** Shows a state; of those that come too fast the last one is shown a little later. */
  update(state: State): void;
  /** Shows the last state now, and no more after it. */
  end(): Promise<void>;
}

/**
 * A display that is updated at most four times a second, by time and not by count, and is right at its end.
 *
 * @param options `everyMs`: least time between two updates. @default {250}
 */
export function liveDisplay<State>(
  bundleOf: (state: State) => MimeBundle,
  { everyMs = 250, show = displayBundle }: { everyMs?: number; show?: typeof displayBundle } = {},
): LiveDisplay<State> {
  const displayId = crypto.randomUUID();
  let waiting: { state: State } | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let last = -Infinity;
  let shown = Promise.resolve();
  let begun = false;

  function draw() {
    clearTimeout(timer);
    timer = undefined;
    if (!waiting) return;
    const bundle = bundleOf(waiting.state);
    waiting = undefined;
    last = performance.now();
    const update = begun;
    begun = true;
    shown = shown.then(() => show(bundle, { displayId, update }));
  }

  return {
    update(state) {
      waiting = { state };
      const wait = last + everyMs - performance.now();
      if (wait <= 0) draw();
      else timer ??= setTimeout(draw, wait);
    },
    end() {
      draw();
      return shown;
    },
  };
}
