import { InputError } from "../../errors/mod.ts";
import { askPart, isOwn, partPlace } from "../../parts/mod.ts";
import { type RandomStream, resumeStream } from "../../random/mod.ts";
import { augmentations, type Example, type ResolvedAugmentation, type WindowExample } from "./define_augmentation.ts";

/** What {@linkcode augment} draws on. */
export interface AugmentContext {
  /** All that is random of this example in this epoch. */
  random: RandomStream;
  /** Another training window, drawn by the stream: any, or one of the same class. */
  partner: (of: "any" | "same-class") => Example;
  /** Applies somebody's own augmentation to a copy too, from the same numbers. */
  twice?: boolean;
}

/**
 * Changes an example by one augmentation, in place, by its probability.
 *
 * @throws {InputError} naming somebody's own augmentation that fails, leaves other arrays behind or no numbers, or gives
 * something else when it is called again.
 */
export function augment(example: WindowExample, options: ResolvedAugmentation, context: AugmentContext): void {
  const { kind: name, ...rest } = options;
  const { random } = context;
  if (random.uniform() >= options.probability) return;
  const part = augmentations.find(name);
  const { definition: { apply, partner } } = part;
  example.partner = partner && context.partner(partner);
  const ask = (on: WindowExample, from: RandomStream) =>
    askPart(augmentations, { name, expected: "apply() to change a window" }, () => apply(on, rest as never, from));
  if (!isOwn(part)) return ask(example, random);
  const { spectrum, ...plain } = example; // whose functions no clone can hold
  const copy = context.twice ? { ...structuredClone(plain), spectrum } : undefined;
  const twin = resumeStream(random.state());
  const { features, target } = example;
  const refuse = (expected: string, found: string): never => {
    throw new InputError({ expected, found, where: partPlace(augmentations, name) });
  };
  ask(example, random);
  if (example.features !== features || example.target !== target) {
    refuse("apply() to change the arrays of a window in place", "others in their places");
  }
  if (![...features, ...target, example.weight].every(Number.isFinite)) {
    refuse("numbers in a window after apply()", "NaN or infinity");
  }
  if (copy === undefined) return;
  ask(copy, twin);
  const same = copy.weight === example.weight && copy.features.every((value, i) => value === features[i]) &&
    copy.target.every((value, i) => value === target[i]);
  if (!same) refuse("the same window of the same random stream", "another one when apply() is called again");
}
