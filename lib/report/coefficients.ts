import { inputShape, knowsInput, openInput } from "../features/mod.ts";
import { type NamedDifference } from "../plots/mod.ts";
import { type Bundle, readNetworkFiles, type Run } from "../runs/mod.ts";

/** Numbers that a reader looks through. */
const MOST = 60;

/**
 * What linear networks go by, for each class but the first: how much a number of the input adds to the log odds of that class
 * against the first, for each standard deviation of the training windows, as mean and range over the networks of a run.
 * `told` where all of them agree on the sign.
 *
 * @returns `null` where networks are no linear models of one row of named numbers, or of very many.
 */
export async function readCoefficients(run: Run, bundle: Bundle): Promise<Record<string, NamedDifference[]> | null> {
  if (!knowsInput(bundle.input)) return null;
  const { bands: names } = openInput(bundle.input).axes, { frames, channels } = inputShape(bundle.input);
  if (frames !== 1 || channels !== 1 || names.length > MOST || typeof names[0] === "number") return null;
  const width = names.length, size = bundle.classes.length;
  const kernels: Float32Array[] = [];
  for (const { model } of bundle.members) {
    const { specs: [kernel, bias, ...others], weights } = await readNetworkFiles(
      model,
      (name) => run.readBytes(`model/${name}`),
    );
    if (others.length > 0 || kernel.shape.join() !== `${width},${size}` || bias?.shape.join() !== `${size}`) {
      return null;
    }
    kernels.push(new Float32Array(weights.buffer, 0, width * size));
  }
  return Object.fromEntries(
    bundle.classes.slice(1).map((label, i) => [
      label,
      names.map((name, row): NamedDifference => {
        const values = kernels.map((kernel) => kernel[row * size + i + 1] - kernel[row * size]);
        const difference = values.reduce((sum, value) => sum + value, 0) / values.length;
        const [low, high] = [Math.min(...values), Math.max(...values)];
        return { name: `${name}`, difference, low, high, told: low * high > 0 };
      }).toSorted((a, b) => Math.abs(b.difference) - Math.abs(a.difference)),
    ]),
  );
}
