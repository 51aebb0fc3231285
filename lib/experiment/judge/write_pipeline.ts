import { join } from "node:path";
import { exportPipeline } from "../../engines/ort/mod.ts";
import { featurePreset, openInput } from "../../features/mod.ts";
import { loadModel, type Run } from "../../runs/mod.ts";

/** The file of {@linkcode writePipeline}, below the run folder. */
export const pipelineFile = "model/pipeline.onnx";

/**
 * Writes all networks of a finished run, with the input before them where it has nodes, and their mean behind them, as one ONNX
 * file for programs that know nothing of Auscult.
 */
export async function writePipeline(run: Run): Promise<void> {
  const { members, input, classes } = await run.bundle();
  const models = await Promise.all(members.map(({ model }) => loadModel(join(run.path("model"), model))));
  const metadata = {
    classes: JSON.stringify(classes),
    sampleRate: String(openInput(input).sampleRate),
    preparation: JSON.stringify(featurePreset(input)?.preparation ?? {}),
  };
  const graph = exportPipeline(members.map((member, i) => ({ ...member, model: models[i] })), {
    input,
    metadata,
  });
  await run.write(pipelineFile, graph);
  for (const model of models) model.dispose();
}
