import type { LayersModel } from "@tensorflow/tfjs";
import { compileInference } from "./compile_inference.ts";
import { foldBatchNorm } from "./fold_batch_norm.ts";
import { FREE_EXTENT } from "./graph.ts";
import { importModel } from "./import_model.ts";
import { writeModel } from "./onnx/write_model.ts";

export interface ExportOptions {
  /** Notes in the file: classes as JSON (a name may hold any character), preset, version. */
  metadata?: Record<string, string>;
}

/**
 * A model in inference mode as the bytes of an `.onnx` file that any runtime reads: input `input`
 * `[count, ...inputShape]` with the channels last as in tfjs and a free count, output `logits`, batch normalisations folded
 * into the convolutions before them.
 *
 * @throws {InputError} naming the layer that is not covered.
 *
 * @example
 * ```ts
 * import { expect } from "expect";
 * import * as tf from "@tensorflow/tfjs";
 * import { exportOnnx } from "./mod.ts";
 * const model = tf.sequential({ layers: [tf.layers.dense({ inputShape: [3], units: 2 })] });
 * const bytes = exportOnnx(model, { metadata: { classes: JSON.stringify(["normal", "murmur"]) } });
 * expect(new TextDecoder().decode(bytes)).toContain("logits");
 * ```
 */
export function exportOnnx(model: LayersModel, { metadata }: ExportOptions = {}): Uint8Array<ArrayBuffer> {
  return writeModel({ ...compileInference(foldBatchNorm(importModel(model, FREE_EXTENT))), metadata });
}
