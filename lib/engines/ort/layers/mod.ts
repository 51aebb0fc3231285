import { activationLayers } from "./activation.ts";
import { convolutionLayers } from "./convolution.ts";
import { denseLayers } from "./dense.ts";
import { droppingLayers } from "./dropping.ts";
import type { LayerRule } from "./layer_rule.ts";
import { mergingLayers } from "./merging.ts";
import { normalizationLayers } from "./normalization.ts";
import { poolingLayers } from "./pooling.ts";
import { rearrangingLayers } from "./rearranging.ts";
import { recurrentLayers } from "./recurrence.ts";

/** Which layers of tfjs the engine covers, each by the rule that turns it into operations. */
export const LAYERS: Readonly<Record<string, LayerRule>> = {
  ...activationLayers,
  ...convolutionLayers,
  ...denseLayers,
  ...droppingLayers,
  ...mergingLayers,
  ...normalizationLayers,
  ...poolingLayers,
  ...rearrangingLayers,
  ...recurrentLayers,
};
