import type { InferenceSession } from "onnxruntime-node";
import { PartFault } from "../open_input.ts";
import { encoderFile } from "./encoder_file.ts";
import { randomWeights } from "./random_weights.ts";

/** A file that onnxruntime has opened, of one input and one output that are asked for. */
interface OpenEncoder {
  /** `count` inputs one after the other to the first output's values, whose last axis (but for those of one value) has `width`. */
  run(values: Float32Array, options: { count: number; width: number }): Promise<Float32Array>;
}

/** What to open, and with which weights. */
interface EncoderFileOptions {
  file: string;
  sha256: string;
  weights?: "trained" | "random";
}

const opened = new Map<string, Promise<OpenEncoder>>();

/** The file, opened once in each thread; a PartFault where it is missing, another, or nothing that onnxruntime runs. */
export function openEncoder({ file, sha256, weights = "trained" }: EncoderFileOptions): Promise<OpenEncoder> {
  const key = `${sha256} ${weights}`;
  const known = opened.get(key);
  if (known) return known;
  const session = open({ file, sha256, weights });
  opened.set(key, session);
  session.catch(() => opened.delete(key)); // the file may be brought meanwhile
  return session;
}

async function open({ file, sha256, weights }: EncoderFileOptions): Promise<OpenEncoder> {
  const bytes = await encoderFile({ file, sha256 });
  const runtime = await import("onnxruntime-node");
  const session = await runtime.InferenceSession.create(
    weights === "random" ? randomWeights(bytes, { seed: 0 }) : bytes,
    // A thread each: as many recordings as there are cores are heard at once.
    { intraOpNumThreads: 1, interOpNumThreads: 1, logSeverityLevel: 4 },
  ).catch((error) => {
    throw fault("an ONNX file that onnxruntime runs", error, file);
  });
  const form = inputForm(session, file);
  return {
    async run(values, { count, width }) {
      const shape = shapeFor(form, { size: values.length, count, file });
      const results = await session.run({ [form.name]: new runtime.Tensor("float32", values, shape) }).catch(
        (error) => {
          throw fault(`an encoder that takes [${shape}]`, error, file);
        },
      );
      const { data, dims } = results[session.outputNames[0]];
      if (!(data instanceof Float32Array)) {
        throw new PartFault({ expected: "32-bit numbers from an encoder", found: data.constructor.name, where: file });
      }
      checkWidth(dims, { width, file });
      return data;
    },
  };
}

/** A side of the shape that has a name can have any length. */
type InputSides = Pick<InferenceSession.TensorValueMetadata, "name" | "shape">;

function inputForm(session: InferenceSession, file: string): InputSides {
  const [first, ...more] = session.inputMetadata;
  if (first?.isTensor && first.type === "float32" && more.length === 0) return first;
  throw new PartFault({
    expected: "an encoder with one input of 32-bit numbers",
    found: session.inputMetadata.map((one) => `${one.name}: ${one.isTensor ? one.type : "no tensor"}`).join(", "),
    where: file,
    remedy: "export it with 32-bit inputs (its weights may be smaller), and what else it takes as a constant",
  });
}

/** The lengths of all sides: the first is the count, and one more may be free. */
function shapeFor(
  { shape }: InputSides,
  { size, count, file }: { size: number; count: number; file: string },
): number[] {
  const [batch, ...sides] = shape;
  const isFree = (side: number | string) => typeof side !== "number" || side <= 0;
  const fixed = sides.filter((side) => !isFree(side)).reduce<number>((product, side) => product * Number(side), 1);
  const free = size / count / fixed;
  const fits = sides.some(isFree) ? Number.isInteger(free) : free === 1;
  if (!fits || !isFree(batch) && batch !== count) {
    throw new PartFault({
      expected: `an input that fits the encoder's [${shape.join(", ")}]`,
      found: `${count} of ${size / count} values`,
      where: file,
      remedy: "let window and input say what it takes; export it for any count of windows",
    });
  }
  const first = sides.findIndex(isFree);
  return [count, ...sides.map((side, i) => isFree(side) ? i === first ? free : 1 : side as number)];
}

function fault(expected: string, error: unknown, where: string): PartFault {
  const [found] = String((error as Error)?.message ?? error).split("\n");
  return new PartFault({ expected, found: found.slice(0, 300), where, remedy: "export it with the operators of ONNX" });
}

/**
 * Says where an encoder gives rows of other lengths than its description says: they would be cut elsewhere.
 *
 * @throws {PartFault}
 */
export function checkWidth(
  [, ...sides]: readonly (number | null)[],
  { width, file }: { width: number; file: string },
): void {
  const found = sides.findLast((side) => side !== 1) ?? 1;
  if (found === width) return;
  throw new PartFault({
    expected: `embeddings or frames of ${width} numbers`,
    found: `${found} (an output [n, ${sides.join(", ")}])`,
    where: file,
    remedy: "let dimension, or bands of its front end, say what it gives",
  });
}
