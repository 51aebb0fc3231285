import { expect } from "expect";
import { randomStream } from "../random/mod.ts";
import { peerCheck } from "../testing/mod.ts";
import { confidentJoint, labelIssues } from "./confident_learning.ts";

peerCheck("labelIssues() holds for wrong what cleanlab does, by one joint", { python: ["cleanlab"] }, async (peers) => {
  const random = randomStream(0, "tables");
  const tables = Array.from({ length: 20 }, (_, t) => {
    const size = 2 + t % 6, count = 100 + 40 * t;
    const labels = Array.from({ length: count }, () => random.integer(size));
    const probabilities = labels.flatMap((label) => {
      const raw = Array.from({ length: size }, (_, c) => Math.exp(random.normal() + (c === label ? 1.2 : 0)));
      return raw.map((value) => value / raw.reduce((sum, one) => sum + one, 0));
    });
    const flat = Float64Array.from(probabilities);
    const joint = [...confidentJoint(labels, flat, { size })];
    return { size, labels, probabilities, joint, issues: labelIssues(labels, flat, { size }) };
  });
  const code = `
import json, sys, numpy as np
from cleanlab.count import compute_confident_joint
from cleanlab.filter import find_label_issues
answers = []
for t in json.load(open(sys.argv[1])):
    l, k = np.array(t["labels"]), t["size"]
    p = np.array(t["probabilities"]).reshape(len(l), k)
    issues = find_label_issues(l, p, confident_joint=np.array(t["joint"], int).reshape(k, k), n_jobs=1)
    answers.append({"joint": compute_confident_joint(l, p).ravel().tolist(), "issues": issues.tolist()})
print(json.dumps(answers))`;
  const file = await Deno.makeTempFile();
  await Deno.writeTextFile(file, JSON.stringify(tables));
  const { stdout } = await new Deno.Command(peers.python, { args: ["-c", code, file], stderr: "null" }).output();
  await Deno.remove(file);
  const theirs: { joint: number[]; issues: boolean[] }[] = JSON.parse(new TextDecoder().decode(stdout));
  tables.forEach(({ joint, issues }, t) => {
    expect(issues).toEqual(theirs[t].issues);
    // Where rests of a row are equal, either may be rounded up.
    joint.forEach((count, at) => expect(Math.abs(count - theirs[t].joint[at])).toBeLessThanOrEqual(1));
  });
});
