import type { LayersModel } from "@tensorflow/tfjs";
import { InputError } from "../errors/mod.ts";

/**
 * Refuses a network that is another one when it is built again: a run could neither be gone on with nor be repeated.
 *
 * @param again The same network, by another call with the same options, shape and seed.
 * @throws {InputError}
 */
export function checkBuiltAgain(model: LayersModel, again: LayersModel, where: string): void {
  const refuse = (found: string) => {
    throw new InputError({
      ...{ expected: "build() to give the same network again", found, where },
      remedy: "take nothing from clocks, Math.random or the call before, and give random initialisers a seed",
    });
  };
  if (described(model) !== described(again)) refuse("other layers");
  const weights = again.getWeights();
  const other = model.getWeights().findIndex((weight, i) => {
    const values = weights[i].dataSync();
    return weight.dataSync().some((value, at) => value !== values[at]);
  });
  if (other >= 0) refuse(`other first values of ${model.weights[other].name}`);
}

/** Layers and how they are joined; tfjs numbers their names on from network to network. */
function described(model: LayersModel): string {
  const numbers = new Map(model.layers.map(({ name }, i) => [name, i]));
  return JSON.stringify(
    model.getConfig(),
    (key, value) => key === "name" ? undefined : numbers.get(value as string) ?? value,
  );
}
