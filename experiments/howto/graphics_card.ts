// A graphics card: what is here, whether it is worth it, and how to ask for it.
//
//   deno run -P=train experiments/howto/graphics_card.ts
//
// `--engine auto`, the default, looks for a card and tries for one second whether it trains faster than the processor; a
// driver that only imitates a card is never taken. `--engine ort-webgpu` takes the card whatever comes, `--engine ort` the
// processor. A run folder says which one trained it, and why (config.json, `engine`). Where the card is lost amid training,
// the run stops with the command that goes on from its last checkpoint; with `--on-card-loss cpu` it goes on by itself.
// Where the card's memory doesn't hold a batch, it goes through in parts, and a line says so; `--set
// training.precision=mixed` computes in float16 what bears it.

import { openEngine, webgpuAdapter } from "../../lib/engines/mod.ts";

const adapter = await webgpuAdapter();
console.log(
  adapter === undefined
    ? "WebGPU finds no graphics card here. On Linux its driver needs Vulkan: apt install libvulkan1 and the card's own."
    : `WebGPU finds ${adapter.name}${
      adapter.software ? ", which the processor computes: slower than without it" : ""
    }.`,
);

const { engine, reason } = await openEngine("auto", { threads: navigator.hardwareConcurrency });
console.log(`Trainings here run on ${engine.name} (${engine.description}). ${reason}`);
