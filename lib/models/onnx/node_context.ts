import * as tf from "@tensorflow/tfjs";
import { InputError } from "../../errors/mod.ts";
import { apply, type Maps } from "../blocks.ts";
import type { OnnxConstant, OnnxNode } from "../../features/mod.ts";

/** A value on its way through the layers. Extents and axes are those of ONNX, without the batch, counted from 0. */
export interface Value {
  shape: number[];
  /** How it lies: axis `i` of `x`, without the batch, is axis `order[i]` of ONNX. */
  order: number[];
  x: Maps;
  /** Whether no number of it is below 0, so that a border of zeros changes no maximum. */
  positive?: boolean;
}

/** From a node to layers. */
export type NodeRule = (context: NodeContext) => Value;

export type NodeRules = Readonly<Record<string, NodeRule>>;

/** A node that becomes layers, and what it takes. */
export class NodeContext {
  constructor(
    readonly node: OnnxNode,
    private readonly given: {
      values: ReadonlyMap<string, Value>;
      constants: ReadonlyMap<string, OnnxConstant>;
      /** A name for a layer that no other has. */
      name: (wanted: string) => string;
      /** What follows the node, where nothing else takes its result. */
      follower?: OnnxNode;
      file: string;
    },
  ) {}

  /** Stops with the operator and the name of the node. */
  refuse(what = ""): never {
    const { operator, name } = this.node;
    throw new InputError({
      expected: "an encoder of operators that can be trained",
      found: [operator, what].filter(Boolean).join(" with "),
      where: `the node "${name}" of ${this.given.file}`,
      remedy:
        "export the network without it, or hear by it as it is: encoder({ … }) runs every operator of onnxruntime",
    });
  }

  value(input = 0): Value {
    return this.given.values.get(this.node.inputs[input]) ?? this.refuse(`a constant as input ${input}`);
  }

  values(): Value[] {
    return this.node.inputs.map((_, i) => this.value(i));
  }

  constant(input: number): OnnxConstant | undefined {
    return this.given.constants.get(this.node.inputs[input]);
  }

  /** The constant, which the operator can't do without. */
  weights(input: number): OnnxConstant {
    return this.constant(input) ?? this.refuse(`an input ${input} that is computed`);
  }

  attribute(name: string, usual: number): number {
    return this.node.attributes.get(name) as number ?? usual;
  }

  list(name: string): number[] | undefined {
    return this.node.attributes.get(name) as number[] | undefined;
  }

  /** A list that older files have as an attribute and newer ones as an input. */
  axes(input: number): number[] | undefined {
    return this.list("axes") ?? (this.constant(input)?.values as number[] | undefined);
  }

  /** What the next node adds to the result, which is then part of this one. */
  bias(): OnnxConstant | undefined {
    return this.given.follower?.inputs.map((name) => this.given.constants.get(name)).find((found) => found);
  }

  /** Adds a layer named after the node and gives its output; `weights` are those that it has learned. */
  layer(
    make: (options: { name: string }) => tf.layers.Layer,
    input: Maps | Maps[],
    { part, weights }: { part?: string; weights?: () => tf.Tensor[] } = {},
  ): Maps {
    const layer = make({ name: this.given.name(part === undefined ? this.node.name : `${this.node.name}/${part}`) });
    const output = apply(layer, input);
    if (weights) tf.tidy(() => layer.setWeights(weights()));
    return output;
  }

  reshaped(x: Maps, targetShape: number[], part = "shape"): Maps {
    const same = x.shape.slice(1).join() === targetShape.join();
    return same ? x : this.layer((options) => tf.layers.reshape({ ...options, targetShape }), x, { part });
  }

  /** The value with its axes in this order, which it then keeps. */
  arranged(value: Value, order: number[]): Maps {
    const dims = order.map((axis) => value.order.indexOf(axis));
    const long = dims.filter((_, i) => value.shape[order[i]] > 1);
    const moved = long.some((axis, i) => i > 0 && axis < long[i - 1]);
    const permuted = (options: { name: string }) =>
      tf.layers.permute({ ...options, dims: dims.map((axis) => axis + 1) });
    value.x = moved
      ? this.layer(permuted, value.x, { part: "order" })
      : this.reshaped(value.x, order.map((axis) => value.shape[axis]));
    value.order = order;
    return value.x;
  }

  /** The value as it lies in ONNX. */
  plain(value: Value): Maps {
    return this.arranged(value, [...value.shape.keys()]);
  }

  /** Pooled by the largest or the mean. */
  pooled(
    x: Maps,
    isMax: boolean,
    options: { poolSize: [number, number]; strides: [number, number]; padding?: "same" | "valid" },
  ) {
    const pooling = isMax ? tf.layers.maxPooling2d : tf.layers.averagePooling2d;
    return this.layer((name) => pooling({ ...name, ...options }), x);
  }

  /** `[count, height, width, channels]`, a width of 1 where there is only time. */
  maps(value: Value, channel = 0): Maps {
    const { shape } = value;
    if (shape.length < 2 || shape.length > 3) return this.refuse(`an input of ${shape.length + 1} axes`);
    const sides = [...shape.keys()].filter((axis) => axis !== channel);
    const x = this.arranged(value, [...sides, channel]);
    return shape.length === 3 ? x : this.reshaped(x, [shape[sides[0]], 1, shape[channel]]);
  }

  /** What {@linkcode maps} gave, as the value of so many axes that it came from. */
  fromMaps(x: Maps, rank: number, channel = 0): Value {
    const [height, width, channels] = x.shape.slice(1) as number[];
    const sides = rank === 3 ? [height, width] : [height];
    const order = [...Array.from({ length: rank }, (_, axis) => axis).filter((axis) => axis !== channel), channel];
    const shape = sides.toSpliced(channel, 0, channels);
    return { x: this.reshaped(x, [...sides, channels]), shape, order };
  }
}
