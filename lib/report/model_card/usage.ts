import { type FeaturePreset, knowsInput, openInput, preparationOf } from "../../features/mod.ts";
import { plainText } from "../../files/mod.ts";
import type { ReportView } from "../report_view.ts";
import { pythonNetworkProgram, pythonProgram } from "./python_usage.ts";

/** How to use the model without Auscult's own commands. The programs are run as they stand by a check of the project. */
export function usage({ run: { bundle } }: ReportView): string {
  if (!bundle || !knowsInput(bundle.input)) return "";
  const [{ metadata }] = bundle.members;
  if (metadata) {
    const given = [...new Set(metadata.map(({ attribute }) => attribute))];
    return [
      "## Usage",
      `It is given ${given.join(", ")} of each recording's patient too, by a table (\`file,${given.join(",")}\`):`,
      fence("sh", "deno task predict model recording.wav --about patients.csv"),
      "What a network takes is a window of the input named in `bundle.json`, standardised by `mean` and `std`, and behind its " +
      "frames what `metadata` says of the patient, filled up with zeros.",
    ].join("\n");
  }
  if (bundle.frameAnswers) {
    return [
      "## Usage",
      "On the command line, with the states of the heart along the recording, and refusal of what holds no heart; on other data; " +
      "and as a page that runs in a browser:",
      fence(
        "sh",
        "deno task predict model recording.wav --json\ndeno task evaluate RUN --data OTHER\ndeno task live RUN",
      ),
      `What a network takes is a window of the input named in \`bundle.json\`, of a recording that was standardised by itself; ` +
      `it gives ${
        bundle.frameAnswers.classes.map(plainText).join(", ")
      } of each frame. The answer for a recording is read ` +
      "from these by hidden semi-Markov models of the heart and a logistic regression, for which ONNX has no operators.",
    ].join("\n");
  }
  const { samples, sampleRate, withoutNodes, frames, bands, channels } = openInput(bundle.input);
  return [
    "## Usage",
    "On the command line, with the report's own pipeline, refusal of unfamiliar and poor recordings included:",
    fence("sh", "deno task predict model recording.wav"),
    ...withoutNodes.length === 0
      ? [
        "In Python, with `pip install onnxruntime numpy scipy soundfile`. `model/pipeline.onnx` holds the input and all " +
        `networks: \`samples\` [count, ${samples}] at ${sampleRate} Hz, ${preparedAs(preparationOf(bundle.input))}, ` +
        "to `probabilities` [count, classes], the mean over the networks. It refuses nothing" +
        `${bundle.average ? ", and hears each window as it is alone, not as the decision was fitted" : ""}:`,
        fence("python", pythonProgram(bundle)),
      ]
      : [
        "`model/pipeline.onnx` holds all networks and not their input, for which ONNX has no operator " +
        `(${withoutNodes.join(", ")}): it takes \`features\` ` +
        `[count, ${frames}, ${bands}, ${channels}] and gives \`probabilities\` [count, classes].`,
      ],
    "One network alone; what goes into it is a window of the input named in `bundle.json`:",
    fence("python", pythonNetworkProgram(bundle)),
    "In the browser, with tfjs 4.22 as `tf` and that window as `features`, a `Float32Array` [frames * bands * channels]:",
    fence("js", BROWSER),
  ].join("\n");
}

const BROWSER = [
  'const bundle = await (await fetch("model/bundle.json")).json();',
  "const [member] = bundle.members;",
  'const model = await tf.loadLayersModel("model/" + member.model);',
  "const width = bundle.bands * bundle.channels;",
  "const input = features.map((value, i) => (value - member.mean[i % width]) / member.std[i % width]);",
  "const logits = model.predict(tf.tensor4d(input, [1, bundle.frames, bundle.bands, bundle.channels]));",
  "const probabilities = await tf.softmax(tf.div(logits, member.temperature)).data();",
].join("\n");

function preparedAs({ bandpass, removeSpikes }: FeaturePreset["preparation"]): string {
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
