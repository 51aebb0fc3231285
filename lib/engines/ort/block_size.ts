import { createGraph } from "./graph.ts";
import { NCHWC } from "./onnx/model.ts";
import { openModel, type Runtime, tensorOf } from "./ort_runtime.ts";

const CHANNELS = 64;

/**
 * How many channels lie together in onnxruntime's blocked order on this machine: 16 with AVX-512, 8 with AVX, 1 where it
 * has no blocked kernels. Found by reordering a value of one row and two columns and looking where they went.
 */
export async function blockSize(runtime: Runtime): Promise<number> {
  const graph = createGraph();
  const input = graph.input("input", [1, CHANNELS, 1, 2]);
  const attributes = { channels_last: 0 };
  graph.output("output", graph.node("ReorderInput", [input], input.shape, { domain: NCHWC, attributes }));
  try {
    const session = await openModel(runtime, { graph: graph.finish("probe") }, { threads: 1 });
    const values = Float32Array.from({ length: 2 * CHANNELS }, (_, i) => i);
    const { output } = await session.run({ input: tensorOf(runtime, values, input.shape) });
    await session.release();
    // The second column of channel 0, value 1, stands behind the first column of a whole block.
    return (output.data as Float32Array).indexOf(1);
  } catch {
    return 1;
  }
}
