// Runs in a page as well.
import type { ComponentChildren } from "preact";

/** A class with its probability. */
export interface Chance {
  /** Its name, and what is to be said of it: `"Wheeze (true)"`. */
  name: string;
  /** 0 to 1. */
  chance: number;
  /** The probability as it is read. */
  shown: ComponentChildren;
  wrong?: boolean;
}

/** Probabilities as bars, the likeliest first. */
export function Chances({ chances }: { chances: Chance[] }) {
  return (
    <div class="chances">
      {chances.toSorted((a, b) => b.chance - a.chance).map(({ name, chance, shown, wrong }) => (
        <div key={name} class={wrong ? "wrong" : undefined}>
          <span>{name}</span>
          <span class="track">
            <span class="fill" style={{ width: `${(100 * chance).toFixed(1)}%` }} />
          </span>
          <span class="p">{shown}</span>
        </div>
      ))}
    </div>
  );
}
