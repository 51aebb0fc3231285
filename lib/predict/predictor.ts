import type { BundleNetwork } from "../runs/bundle/open_bundle.ts";
import type { Bundle } from "../runs/bundle/bundle_schema.ts";

/** A bundle with its networks: what {@linkcode predictSound} works with, on disk or in a page. */
export interface Predictor {
  bundle: Bundle;
  networks: Pick<BundleNetwork, "statistics" | "metadata" | "reader" | "predict">[];
}
