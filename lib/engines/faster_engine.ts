import type { Engine } from "./engine.ts";
import { type SpeedOptions, trainingSpeed } from "./training_speed.ts";

/** The faster of an engine and a graphics card's by a trial of each, one second long; the first where they are equal. */
export async function fasterEngine(
  first: Engine,
  card: Engine,
  options: SpeedOptions,
): Promise<{ engine: Engine; figures: string }> {
  const [onCard, other] = [await trainingSpeed(card, options), await trainingSpeed(first, options)];
  const shown = (speed: number) => speed.toPrecision(3).replace(/\.0+$/, "");
  const figures = `a trial of one second each gave ${shown(onCard)} samples/s on ${card.name} and ${shown(other)} on ` +
    first.name;
  return { engine: onCard > other ? card : first, figures };
}
