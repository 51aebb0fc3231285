import * as tf from "@tensorflow/tfjs";
import { setWasmPaths } from "@tensorflow/tfjs-backend-wasm";
import type { Predictor } from "../../predict/predictor.ts";
import { type Bundle, outputsOf } from "../../runs/bundle/bundle_schema.ts";
import { checkLogits } from "../../runs/bundle/check_logits.ts";
import type { LiveData, LiveNetwork } from "./live_data.ts";

/** Opens the networks on tfjs (WebAssembly with SIMD, else plain JavaScript), the first also as the model of Grad-CAM. */
export async function openNetworks({ bundle, networks, wasm }: LiveData) {
  const simd = `data:application/wasm;base64,${wasm}`;
  // tfjs wants an address for each of its builds; without SIMD this one fails to load, and the next line falls back.
  setWasmPaths(
    {
      "tfjs-backend-wasm.wasm": simd,
      "tfjs-backend-wasm-simd.wasm": simd,
      "tfjs-backend-wasm-threaded-simd.wasm": simd,
    },
    true,
  );
  if (!await tf.setBackend("wasm").catch(() => false)) await tf.setBackend("cpu");
  const models = await Promise.all(networks.map((network) => tf.loadLayersModel(tf.io.fromMemory(artifacts(network)))));
  return { networks: models.map((model, i) => predictNetwork(model, bundle, i)), model: models[0] };
}

function predictNetwork(model: tf.LayersModel, bundle: Bundle, member: number): Predictor["networks"][number] {
  const { mean, std, temperature, reader } = bundle.members[member];
  return {
    statistics: { mean: Float32Array.from(mean), std: Float32Array.from(std) },
    reader,
    async predict(inputs, count) {
      const logits = tf.tidy(() => {
        const windows = tf.tensor4d(inputs, [count, bundle.frames, bundle.bands, bundle.channels]);
        return (model.predict(windows) as tf.Tensor).div(temperature);
      });
      const values = await logits.data();
      logits.dispose();
      return checkLogits(values, { count, classes: outputsOf(bundle), where: `network ${member + 1}` });
    },
  };
}

function artifacts({ topology, specs, weights }: LiveNetwork): tf.io.ModelArtifacts {
  return {
    modelTopology: topology as tf.io.ModelArtifacts["modelTopology"],
    weightSpecs: specs as tf.io.WeightsManifestEntry[],
    weightData: bytesOf(weights).buffer,
  };
}

function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
}
