import type { Manifest } from "../../datasets/mod.ts";
import { hearsHeartStates, type InputOptions } from "../../features/mod.ts";

/** The same manifest with a warning where its input was itself learned from recordings of the dataset, whoever is tested. */
export function withInputWarning(manifest: Manifest, input: InputOptions): Manifest {
  if (manifest.dataset !== "circor" || !hearsHeartStates(input)) return manifest;
  const said =
    "The heart states that the input holds come from a network that learned them from four fifths of CirCor's " +
    "children: for those, tested ones too, they are better than for others.";
  return { ...manifest, warnings: [...manifest.warnings ?? [], said] };
}
