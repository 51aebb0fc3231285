import type { Score } from "../../scores/mod.ts";

/** What a {@linkcode ScoreScale} draws. */
export interface ScoreScaleProps {
  score: Score;
  /** Published figures. */
  references?: number[];
}

/** A score from 0 to 1: a dot for the value, a band for the interval, ticks for the floors, rings for what is published. */
export function ScoreScale({ score, references = [] }: ScoreScaleProps) {
  if (score.value === null) return null;
  const x = (value: number) => `${(100 * Math.max(0, Math.min(1, value))).toFixed(2)}%`;
  const { value, low, high } = score;
  return (
    <svg class="scale" aria-hidden="true">
      <line class="track" x1="0" x2="100%" y1="11" y2="11" />
      {low !== null && high !== null && <line class="interval" x1={x(low)} x2={x(high)} y1="11" y2="11" />}
      {Object.entries(score.floors).map(([name, floor]) => (
        <line key={name} class="floor" x1={x(floor)} x2={x(floor)} y1="3" y2="19" />
      ))}
      {references.map((reference, i) => <circle key={i} class="reference" cx={x(reference)} cy="11" r="4.5" />)}
      <circle class="value" cx={x(value)} cy="11" r="5" />
    </svg>
  );
}
