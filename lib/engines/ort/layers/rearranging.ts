import { reshape as reshapeOperation } from "../ops/reshape.ts";
import { crop, pad } from "../ops/pad.ts";
import { repeat } from "../ops/repeat.ts";
import { transpose } from "../ops/transpose.ts";
import { upsample2d } from "../ops/upsample2d.ts";
import { sizeOf } from "../onnx/rearrange.ts";
import type { LayerRule } from "./layer_rule.ts";

export const flatten: LayerRule = ({ apply, channelsLast, last }) => {
  const x = channelsLast();
  return last(apply(reshapeOperation, [x], { shape: [x.shape[0], sizeOf(x.shape.slice(1))] }));
};

/** Reshape; one extent may be left to the layer as -1. */
export const reshape: LayerRule = ({ config, apply, channelsLast, last }) => {
  const x = channelsLast();
  const asked = config.targetShape as number[];
  const known = asked.reduce((product, extent) => extent > 0 ? product * extent : product, 1);
  const shape = asked.map((extent) => extent > 0 ? extent : sizeOf(x.shape.slice(1)) / known);
  return last(apply(reshapeOperation, [x], { shape: [x.shape[0], ...shape] }));
};

/** Permute: the axes after the batch in a new order, counted from 1. */
export const permute: LayerRule = ({ config, apply, channelsLast, last }) =>
  last(apply(transpose, [channelsLast()], { order: [0, ...config.dims as number[]] }));

export const repeatVector: LayerRule = ({ config, apply, channelsLast, last }) =>
  last(apply(repeat, [channelsLast()], { times: config.n as number }));

/** ZeroPadding2D and Cropping2D. */
export const bordering: LayerRule = ({ config, apply, channelsFirst, first, layer }) => {
  const isPad = layer.getClassName() === "ZeroPadding2D";
  const [[top, bottom], [left, right]] = (isPad ? config.padding : config.cropping) as [
    [number, number],
    [number, number],
  ];
  const attributes = { before: [0, 0, top, left], after: [0, 0, bottom, right] };
  return first(apply(isPad ? pad : crop, [channelsFirst()], attributes));
};

/** UpSampling2D by repetition. */
export const upsampling: LayerRule = ({ config, apply, channelsFirst, first, refuse }) => {
  const kind = config.interpolation ?? "nearest";
  if (kind !== "nearest") return refuse(`interpolation ${kind}`);
  const [height, width] = config.size as number[];
  return first(apply(upsample2d, [channelsFirst()], { size: [height, width] }));
};
