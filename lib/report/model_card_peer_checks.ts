import { expect } from "expect";
import { peerCheck } from "../testing/mod.ts";
import { writeFixtureRun } from "./fixture_run.ts";
import { renderModelCard } from "./mod.ts";

const READ = `
import json, sys
from huggingface_hub import ModelCard
card = ModelCard.load(sys.argv[1])
result = card.data.eval_results
print(json.dumps({
  "license": card.data.license, "tags": card.data.tags, "pipeline": card.data.pipeline_tag,
  "metrics": {r.metric_type: r.metric_value for r in result}, "text": card.text[:40],
}))
`;

peerCheck(
  "huggingface_hub reads the model card, with its results",
  { python: ["huggingface_hub"] },
  async ({ python }) => {
    const results = await Deno.makeTempDir();
    const run = await writeFixtureRun(results, { subjects: 12, examples: 0 });
    const path = await renderModelCard(run.folder);
    const { code, stdout, stderr } = await new Deno.Command(python, { args: ["-c", READ, path] }).output();
    expect([code, new TextDecoder().decode(stderr)]).toEqual([0, ""]);
    const read = JSON.parse(new TextDecoder().decode(stdout));
    const { parts } = JSON.parse(await run.readText("metrics.json"));
    expect(read.license).toBe("cc-by-4.0");
    expect(read.pipeline).toBe("audio-classification");
    expect(read.metrics.accuracy).toBe(parts.test.pooled.item.accuracy.value);
    await Deno.remove(results, { recursive: true });
  },
);
