import type { InputOptions } from "../features/input_options.ts";

/**
 * Whether a model listens to hearts or lungs: what the catalogue says of its dataset; else the folder that its experiment
 * lies in; else what its preset was made for.
 *
 * @param name Of the experiment: `"heart/circor_murmur"`.
 * @param sound Of the dataset; `"both"` decides nothing.
 */
export function bodySound(
  name: string,
  { sound, input }: { sound?: "heart" | "lung" | "both"; input: InputOptions },
): "heart" | "lung" {
  if (sound === "heart" || sound === "lung") return sound;
  const [folder] = name.split("/");
  if (folder === "heart" || folder === "lung") return folder;
  return "preset" in input && ["pcg", "dbres"].includes(input.preset) ? "heart" : "lung";
}
