import type { ReportView } from "../report_view.ts";

/** How to use the model without Auscult's own commands. */
export function usage({ run: { config }, classes }: ReportView): string {
  if (!config) return "";
  const labels = JSON.stringify(classes).replaceAll("`", "\\u0060"); // a fence of code must not end early
  return [
    "## Usage",
    "On the command line, with the report's own pipeline (decoding, filters, log-Mel, temperature, decision rule):",
    "```sh",
    "deno task predict model recording.wav",
    "```",
    "In Python, with `pip install onnxruntime numpy`. The input is the log-Mel window of the preset named in" +
    " `bundle.json`, each band less `mean` and divided by `std` of the member; the output is one logit a class:",
    "```python",
    "import json, numpy, onnxruntime",
    'bundle = json.load(open("model/bundle.json"))',
    'member = bundle["members"][0]',
    'session = onnxruntime.InferenceSession("model/" + member["onnx"])',
    'window = numpy.load("log_mel.npy")  # [frames, nMels], dB',
    'x = (window - numpy.array(member["mean"])) / numpy.array(member["std"])',
    'logits = session.run(None, {"input": x[None, :, :, None].astype("float32")})[0][0]',
    `print(dict(zip(${labels}, numpy.exp(logits) / numpy.exp(logits).sum())))`,
    "```",
    "In the browser, with tfjs 4.22 (`window` as above):",
    "```js",
    'const model = await tf.loadLayersModel("model/model.json");',
    "const logits = model.predict(tf.tensor4d(window, [1, bundle.frames, bundle.nMels, 1]));",
    "const probabilities = await tf.softmax(logits).data();",
    "```",
  ].join("\n");
}
