import { featurePreset, inputShape } from "../../features/mod.ts";
import type { ReportView } from "../report_view.ts";
import { pythonNetworkProgram, pythonProgram } from "./python_usage.ts";

/** How to use the model without Auscult's own commands. The programs are run as they stand by a check of the project. */
export function usage({ run: { bundle } }: ReportView): string {
  if (!bundle) return "";
  const preset = featurePreset(bundle.input);
  const { samples } = inputShape(bundle.input);
  return [
    "## Usage",
    "On the command line, with the report's own pipeline, refusal of foreign and poor recordings included:",
    fence("sh", "deno task predict model recording.wav"),
    "In Python, with `pip install onnxruntime numpy scipy soundfile`. `model/pipeline.onnx` holds the log-Mel front end and " +
    `all networks: \`samples\` [count, ${samples}] at ${preset.sampleRate} Hz, ${preparedAs(preset.preparation)}, ` +
    "to `probabilities` [count, classes], the mean over the networks. It refuses nothing:",
    fence("python", pythonProgram(bundle)),
    "One network alone, without the front end; its input is the log-Mel window of the preset named in `bundle.json`:",
    fence("python", pythonNetworkProgram(bundle)),
    "In the browser, with tfjs 4.22 as `tf` and that window as `logMel`, a `Float32Array` [frames * bands]:",
    fence("js", BROWSER),
  ].join("\n");
}

const BROWSER = [
  'const bundle = await (await fetch("model/bundle.json")).json();',
  "const [member] = bundle.members;",
  'const model = await tf.loadLayersModel("model/" + member.model);',
  "const input = logMel.map((level, i) => (level - member.mean[i % bundle.bands]) / member.std[i % bundle.bands]);",
  "const logits = model.predict(tf.tensor4d(input, [1, bundle.frames, bundle.bands, 1]));",
  "const probabilities = await tf.softmax(logits.div(member.temperature)).data();",
].join("\n");

function preparedAs(
  { bandpass, removeSpikes }: ReturnType<typeof featurePreset>["preparation"],
): string {
  if (!bandpass) return "cut from the recording as it is";
  const { low, high, order, zeroPhase } = bandpass;
  return `cut from the recording after a ${
    zeroPhase ? "zero-phase " : ""
  }Butterworth band-pass of order ${order} from ` +
    `${low} to ${high} Hz${removeSpikes ? " and the removal of spikes" : ""}, which need the whole of it`;
}

function fence(language: string, code: string): string {
  return `\`\`\`${language}\n${code}\n\`\`\``;
}
