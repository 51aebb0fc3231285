import config from "../../../deno.json" with { type: "json" };
import { exportPipeline } from "../../engines/ort/mod.ts";
import { openInput, preparationOf } from "../../features/mod.ts";
import { loadModel, type Run } from "../../runs/mod.ts";

/**
 * Writes `model/pipeline.onnx`: all networks of a finished run, with the input before them where it has nodes, and their mean behind them, as one ONNX
 * file for programs that know nothing of Auscult. There is none of networks that are given more than the sound.
 */
export async function writePipeline(run: Run): Promise<void> {
  const { members, input, average, classes, decision, title } = await run.bundle();
  if (members.some(({ metadata }) => metadata)) return;
  const { licence, dataset, task, fingerprint = "" } = await run.data();
  const models = await Promise.all(members.map(({ model }) => loadModel(run.path("model", model))));
  const metadata = {
    classes: JSON.stringify(classes),
    sampleRate: String(openInput(input).sampleRate),
    preparation: JSON.stringify(preparationOf(input)),
    title,
    // What of the input ONNX has no operator for: the file begins behind it.
    withoutNodes: JSON.stringify(openInput(input).withoutNodes),
    input: JSON.stringify(input),
    // How else each item was heard where the decision was fitted: the graph hears a window as it is.
    ...average ? { average: JSON.stringify(average) } : {},
    // Threshold, temperature and how windows are joined; each network's own temperature is in the graph.
    decision: JSON.stringify(decision),
    temperatures: JSON.stringify(members.map(({ temperature }) => temperature)),
    data: `${dataset}, ${task}`,
    // What the network was trained on, whose terms it can't be freer than.
    dataLicence: licence,
    dataFingerprint: fingerprint,
    auscult: config.version,
  };
  const graph = exportPipeline(members.map((member, i) => ({ ...member, model: models[i] })), { input, metadata });
  await run.write("model/pipeline.onnx", graph);
  for (const model of models) model.dispose();
}
