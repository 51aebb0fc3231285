import { expect } from "expect";
import { peerCheck } from "../testing/mod.ts";
import { formatSafetensors } from "./mod.ts";

peerCheck(
  "formatSafetensors() writes a file that safetensors of Hugging Face reads",
  { python: ["safetensors"] },
  async ({ python }) => {
    const file = await Deno.makeTempFile();
    const arrays = {
      "weights/0/block1_conv/kernel": { shape: [2, 3], data: new Float32Array([1, -2, 3, 0.5, Infinity, 1e-30]) },
      scalar: { shape: [], data: new Float32Array([7]) },
    };
    await Deno.writeFile(file, formatSafetensors({ arrays, metadata: { step: "12", note: '{"ä":1}' } }));
    const program = `
import json, sys
from safetensors import safe_open
with safe_open(sys.argv[1], "np") as f:
    arrays = {name: [list(f.get_tensor(name).shape), f.get_tensor(name).ravel().tolist()] for name in f.keys()}
    print(json.dumps([arrays, f.metadata()]).replace("Infinity", "1e999"))`;
    const { stdout } = await new Deno.Command(python, { args: ["-c", program, file], stderr: "inherit" }).output();
    const found = JSON.parse(new TextDecoder().decode(stdout));
    const expected = Object.entries(arrays).map(([name, { shape, data }]) => [name, [shape, [...data]]]);
    expect(found).toEqual([Object.fromEntries(expected), { step: "12", note: '{"ä":1}' }]);
    await Deno.remove(file);
  },
);
