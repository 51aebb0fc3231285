import { decisionRule } from "../../decision/mod.ts";
import { fillOf, openInput, preparationOf } from "../../features/mod.ts";
import type { Bundle } from "../../runs/mod.ts";

/** What numpy calls the ways of filling a window. */
const PADDING = { zero: "constant", circular: "wrap", reflect: "reflect" } as const;

/**
 * A Python program that gives the probabilities of `deno task predict` for a recording by the graph that holds the
 * front end. All that the run decides is written out in it.
 */
export function pythonProgram({ input, decision }: Bundle): string {
  const { samples, sampleRate, rest } = openInput(input);
  const { bandpass, removeSpikes } = preparationOf(input);
  const hop = Math.max(1, Math.round((input.hop ?? input.seconds) * sampleRate));
  return [
    "import json",
    "import numpy as np, onnxruntime, soundfile",
    bandpass ? "from scipy.signal import butter, resample_poly, sosfiltfilt" : "from scipy.signal import resample_poly",
    ...(removeSpikes ? ["", ...SPIKES] : []),
    "",
    'bundle = json.load(open("model/bundle.json"))',
    'session = onnxruntime.InferenceSession("model/pipeline.onnx")',
    'sound, own = soundfile.read("recording.wav", always_2d=True)',
    "sound = sound.mean(axis=1)",
    `if own != ${sampleRate}:`,
    `    sound = resample_poly(sound, ${sampleRate}, own)`,
    ...(bandpass ? filterLines(bandpass, sampleRate) : []),
    ...(removeSpikes ? [`sound = remove_spikes(sound, ${sampleRate})`] : []),
    `length, hop = ${samples}, ${hop}  # samples at ${sampleRate} Hz`,
    "if len(sound) <= length:",
    `    windows = [np.pad(sound, (0, length - len(sound)), mode="${PADDING[fillOf(input)]}")]`,
    "else:",
    "    starts = list(range(0, len(sound) - length + 1, hop))",
    `    if len(sound) - length - starts[-1] >= ${rest}:`,
    "        starts.append(len(sound) - length)",
    "    windows = [sound[start:start + length] for start in starts]",
    'heard = session.run(None, {"samples": np.array(windows, dtype="float32")})[0]',
    ...pythonJoin({ decision }),
    'print(json.dumps(dict(zip(bundle["classes"], (p / p.sum()).tolist()))))',
  ].join("\n");
}

/** A Python program for the graph of one network, behind a log-Mel spectrogram that was made elsewhere. */
export function pythonNetworkProgram({ members: [{ onnx, temperature }] }: Bundle): string {
  return [
    "import json",
    "import numpy as np, onnxruntime",
    'bundle = json.load(open("model/bundle.json"))',
    'member = bundle["members"][0]',
    `session = onnxruntime.InferenceSession("model/${onnx}")`,
    'window = np.load("window.npy").reshape(bundle["frames"], -1)  # [frames, bands * channels]',
    'x = (window - np.array(member["mean"])) / np.array(member["std"])',
    'x = x.reshape(1, bundle["frames"], bundle["bands"], bundle["channels"]).astype("float32")',
    'logits = session.run(None, {"input": x})[0][0]',
    `e = np.exp((logits - logits.max()) / ${temperature})`,
    'print(json.dumps(dict(zip(bundle["classes"], (e / e.sum()).tolist()))))',
  ].join("\n");
}

/** Lines of Python that make `p` [classes] of `heard` [windows, classes] by a bundle's rule, as `aggregateWindows` does. */
function pythonJoin({ decision }: Pick<Bundle, "decision">): string[] {
  const { aggregation, temperature, isotonic } = decisionRule.parse(decision);
  const joined = typeof aggregation === "object" ? powerMean(aggregation.exponent) : JOINED[aggregation];
  return [
    ...joined,
    `p = np.maximum(p, 5e-324) ** (1 / ${temperature})  # temperature, fitted on validation`,
    ...isotonic
      ? [
        "p = p / p.sum()",
        `mapped = np.interp(1 - p[0], ${JSON.stringify(isotonic.x)}, ${JSON.stringify(isotonic.y)})  # isotonic`,
        "p = np.append(1 - mapped, mapped * p[1:] / p[1:].sum())",
      ]
      : [],
  ];
}

const JOINED = {
  "mean": ["p = heard.mean(axis=0)"],
  "max": ["p = heard[heard[:, 0].argmin()]  # the window that is least healthy"],
  "noisy-or": [
    "p = 1 - np.prod(1 - heard, axis=0)  # in any window",
    "p[0] = np.prod(heard[:, 0])  # healthy: in every window",
  ],
  "any-positive": [
    "positive = heard[heard[:, 1:].max(axis=1) > heard[:, 0]]",
    "p = (positive if len(positive) else heard).mean(axis=0)",
  ],
} as const;

function powerMean(exponent: number): string[] {
  return [
    `mean = lambda values: (values ** ${exponent}).mean(axis=0) ** (1 / ${exponent})`,
    "sick, shares = mean(1 - heard[:, 0]), mean(heard[:, 1:])",
    "p = np.append(1 - sick, sick * shares / shares.sum())",
  ];
}

type Bandpass = NonNullable<ReturnType<typeof preparationOf>["bandpass"]>;

function filterLines({ low, high, order, zeroPhase }: Bandpass, sampleRate: number): string[] {
  const design = `butter(${order}, [${low}, ${high}], "bandpass", fs=${sampleRate}, output="sos")`;
  return zeroPhase
    ? [`sound = sosfiltfilt(${design}, sound)`]
    : ["from scipy.signal import sosfilt", `sound = sosfilt(${design}, sound)`];
}

/** Schmidt et al. 2010, as `removeSpikes` of `lib/audio`. */
const SPIKES = [
  "",
  "def remove_spikes(sound, rate):",
  "    sound, length = sound.copy(), round(rate / 2)",
  "    parts = [sound[i:i + length] for i in range(0, len(sound), length)]",
  "    while True:",
  "        tops = [np.abs(part).max() for part in parts]",
  "        middle, worst = np.median(tops), int(np.argmax(tops))",
  "        if middle == 0 or tops[worst] <= 3 * middle:",
  "            return sound",
  "        part = parts[worst]",
  "        first = last = int(np.abs(part).argmax())",
  "        sign = np.sign(part[first])",
  "        while first > 0 and np.sign(part[first - 1]) == sign:",
  "            first -= 1",
  "        while last + 1 < len(part) and np.sign(part[last + 1]) == sign:",
  "            last += 1",
  "        part[first:last + 1] = 0",
  "",
];
