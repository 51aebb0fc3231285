import { expect } from "expect";
import { inputSchema } from "../../features/mod.ts";
import { peerCheck } from "../../testing/mod.ts";
import { importPredictions } from "../mod.ts";

/** A network of scikit-learn is trained and judges what it hasn't seen: its table, and scikit-learn's scores of it. */
const PROGRAM = `
import json, sys
import numpy as np, pandas as pd
from sklearn.datasets import make_classification
from sklearn.neural_network import MLPClassifier
from sklearn import metrics as m
size, path = int(sys.argv[1]), sys.argv[2]
names = ["Normal", "Wheeze", "Crackle"][:size]
x, y = make_classification(900, 12, n_informative=6, n_classes=size, flip_y=.2, weights=[.6, .25][:size - 1], random_state=3)
net = MLPClassifier((16,), max_iter=300, random_state=0).fit(x[:400], y[:400])
x, y = x[400:], y[400:]
p, said = net.predict_proba(x), net.predict(x)
frame = pd.DataFrame(p, columns=["p_" + n for n in names])
frame.insert(0, "recording", [f"r{i}.wav" for i in range(len(y))])
frame.insert(1, "subject", [f"s{i // 5}" for i in range(len(y))])
frame.insert(2, "label", [names[c] for c in y])
frame.to_csv(path, index=False)
one = np.eye(size)[y]
scores = {
  "accuracy": m.accuracy_score(y, said), "balancedAccuracy": m.balanced_accuracy_score(y, said),
  "f1Macro": m.f1_score(y, said, average="macro"), "mcc": m.matthews_corrcoef(y, said),
  "logLoss": m.log_loss(y, p),
  "rocAuc": m.roc_auc_score(y, p[:, 1]) if size == 2 else m.roc_auc_score(y, p, multi_class="ovr"),
  "brier": ((p - one) ** 2).sum(1).mean(),
}
for c, n in enumerate(names):
  scores["recall/" + n] = m.recall_score(y == c, said == c)
  scores["precision/" + n] = m.precision_score(y == c, said == c)
  scores["f1/" + n] = m.f1_score(y == c, said == c)
if size == 2:
  scores["brier"] = m.brier_score_loss(y, p[:, 1])
  scores["sensitivity"] = m.recall_score(y, said)
  scores["specificity"] = m.recall_score(y, said, pos_label=0)
  scores["averagePrecision"] = m.average_precision_score(y, p[:, 1])
print(json.dumps(scores))`;

for (const size of [2, 3]) {
  peerCheck(
    `importPredictions() gives scikit-learn's scores of its network for ${size} classes`,
    { python: ["sklearn", "pandas"] },
    async ({ python }) => {
      const out = await Deno.makeTempDir();
      const args = ["-c", PROGRAM, `${size}`, `${out}/theirs.csv`];
      const { stdout } = await new Deno.Command(python, { args, stderr: "inherit" }).output();
      const theirs: Record<string, number> = JSON.parse(new TextDecoder().decode(stdout));
      const input = inputSchema.parse({ preset: "respirenet", seconds: 1 });
      const run = await importPredictions(`${out}/theirs.csv`, { name: "theirs", input, out, command: "" });
      const ours = (await run.metrics()).parts.test.pooled.item!;
      for (const [name, value] of Object.entries(theirs)) {
        expect([name, Math.abs(ours[name].value! - value) < 1e-9 ? value : ours[name].value]).toEqual([name, value]);
      }
      await Deno.remove(out, { recursive: true });
    },
  );
}
