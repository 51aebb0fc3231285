import type { LayersModel } from "@tensorflow/tfjs";
import { UsageError } from "../errors/mod.ts";
import { loadTfjs } from "./load_tfjs.ts";

/** A weight of a network, named by the layer that holds it: `"block1_conv/kernel"`. */
export interface NamedWeight {
  name: string;
  shape: readonly number[];
  values: Float32Array;
}

/**
 * The layers of a network that can begin with another's weights: those that it has by the same name and in the same shape, the
 * last one only for the same classes. What nobody named is counted from 1 in each network: `"conv2d_Conv2D1"`.
 *
 * @param choice `layers` by names or how these begin; all that fit where it is left out.
 * @returns The layers, those that stay as they were drawn, and how many numbers are taken of those that the network has.
 * @throws {UsageError} where a layer that is asked for doesn't fit, or none does; it lists those that do.
 */
export function layersToTake(
  model: LayersModel,
  source: readonly NamedWeight[],
  { layers: asked, sameClasses }: { layers?: "all-but-head" | readonly string[]; sameClasses: boolean },
): { layers: string[]; fresh: string[]; weights: number; of: number } {
  const there = byName(source), own = [...byName(weightsOf(model))];
  const byLayer = Map.groupBy(own, ([name]) => layerOf(name));
  const all = [...byLayer.keys()];
  const last = model.layers.findLast(({ weights }) => weights.length > 0)!.weights[0];
  const head = layerOf(own.find(([, { variable }]) => variable === last)![0]);
  const misfit = (layer: string): string | undefined => {
    if (layer === head && !sameClasses) return "whose outputs are other classes there";
    const [name, shape] = byLayer.get(layer)!.map(([name, { shape }]) => [name, `${shape}`])
      .find(([name, shape]) => `${there.get(name)?.shape}` !== shape) ?? [];
    return name &&
      `where ${name} is [${shape}] here and ${there.get(name) ? `[${there.get(name)!.shape}]` : "missing"} there`;
  };
  const fitting = all.filter((layer) => misfit(layer) === undefined);
  const refuse = (found: string) => {
    throw new UsageError({
      expected: `layers that both networks have alike (${fitting.join(", ") || "there are none"})`,
      ...{ found, where: "initial.layers", remedy: "name others, or leave it out for all that fit" },
    });
  };
  const meant = Array.isArray(asked)
    ? asked.flatMap((entry) => {
      const found = all.filter((layer) => layer.startsWith(entry));
      if (found.length === 0) refuse(`"${entry}", by which no layer's name begins`);
      return found;
    })
    : fitting.filter((layer) => asked === undefined || layer !== head);
  const wrong = meant.find((layer) => misfit(layer) !== undefined);
  if (wrong !== undefined) refuse(`"${wrong}", ${misfit(wrong)}`);
  if (meant.length === 0 && !Array.isArray(asked)) refuse("no other");
  const layers = all.filter((layer) => meant.includes(layer)), fresh = all.filter((layer) => !meant.includes(layer));
  const count = (some: readonly string[]) =>
    some.flatMap((layer) => byLayer.get(layer)!).reduce((sum, [, { variable }]) => sum + variable.read().size, 0);
  return { layers, fresh, weights: count(layers), of: count(all) };
}

/** Puts the weights of layers that {@linkcode layersToTake} chose into a network; the others stay as they are. */
export async function takeWeights(
  model: LayersModel,
  source: readonly NamedWeight[],
  layers: readonly string[],
): Promise<void> {
  const { tensor } = await loadTfjs();
  const there = byName(source);
  for (const [name, { shape, variable }] of byName(weightsOf(model))) {
    if (!layers.includes(layerOf(name))) continue;
    const values = tensor(there.get(name)!.values, shape);
    variable.write(values);
    values.dispose();
  }
}

function weightsOf({ weights }: LayersModel) {
  return weights.map((variable) => ({ name: variable.originalName, shape: variable.shape as number[], variable }));
}

function layerOf(weight: string): string {
  return weight.split("/")[0];
}

/** tfjs names what nobody named by its class and a number that counts on through the process: `"conv2d_Conv2D12"`. */
const AUTOMATIC = /[a-z0-9_]+_[A-Z][A-Za-z0-9]*?\d+(?=\/)/g;

/** Weights by their names, in which such numbers count from 1. */
function byName<Weight extends { name: string }>(weights: readonly Weight[]): Map<string, Weight> {
  const numberOf = (name: string) => Number(/\d+$/.exec(name));
  const unnamed = new Set(weights.flatMap(({ name }) => name.match(AUTOMATIC) ?? []));
  const again = new Map(
    [...Map.groupBy(unnamed, (name) => name.replace(/\d+$/, ""))].flatMap(([kind, names]) =>
      names.sort((a, b) => numberOf(a) - numberOf(b)).map((name, i) => [name, `${kind}${i + 1}`])
    ),
  );
  return new Map(weights.map((one) => [one.name.replaceAll(AUTOMATIC, (name) => again.get(name)!), one]));
}
