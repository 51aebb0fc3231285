import { z } from "zod";
import { readNetworkFiles, type Run } from "../runs/mod.ts";

/** A layer of a network, as its file describes it. */
export interface NetworkLayer {
  /** `"Conv2D"`. */
  kind: string;
  /** `"16 filters of 3 × 3"`. */
  settings: string;
  /** Weights, those that no training changes included. */
  parameters: number;
}

const layer = z.object({ class_name: z.string(), config: z.looseObject({ name: z.string() }) });
/** What goes both ways over time holds the layer that does. */
const wrapped = z.object({ layer: z.object({ config: z.record(z.string(), z.unknown()) }) });
const topology = z.object({ config: z.object({ layers: z.array(layer) }) });

/**
 * The layers of a run's first network, in order, without what only names the input.
 *
 * @throws {DataError} where the bundle or the network is missing or damaged.
 */
export async function networkLayers(run: Run): Promise<NetworkLayer[]> {
  const [{ model }] = (await run.bundle()).members;
  const { topology: described, specs } = await readNetworkFiles(model, (name) => run.readBytes(`model/${name}`));
  const layers = topology.parse(described).config.layers.filter(({ class_name }) => class_name !== "InputLayer");
  return layers.map(({ class_name, config }) => ({
    kind: class_name,
    settings: settingsOf(wrapped.safeParse(config).data?.layer.config ?? config),
    parameters: specs.filter(({ name }) => name.split("/")[0] === config.name)
      .reduce((sum, { shape }) => sum + shape.reduce((product, extent) => product * extent, 1), 0),
  }));
}

/** What of a layer's description is told, and how. */
const TOLD: Record<string, (value: unknown) => string> = {
  filters: (value) => `${value} filters`,
  units: (value) => `${value} units`,
  kernel_size: (value) => `kernel ${sides(value)}`,
  pool_size: (value) => `pool ${sides(value)}`,
  strides: (value) => `stride ${sides(value)}`,
  rate: (value) => `rate ${value}`,
  activation: (value) => value === "linear" ? "" : String(value),
  use_bias: (value) => value === false ? "no bias" : "",
};

function settingsOf(config: Record<string, unknown>): string {
  return Object.entries(TOLD).filter(([key]) => config[key] !== undefined && config[key] !== null)
    .map(([key, tell]) => tell(config[key])).filter((text) => text !== "").join(", ");
}

function sides(value: unknown): string {
  return Array.isArray(value) ? value.join(" × ") : String(value);
}
