"""Rankings of suspected wrong labels by cleanlab, for bench/planted_errors.ts: a file of tables in, rankings out."""
import json
import sys

import numpy as np
from cleanlab.filter import find_label_issues
from cleanlab.rank import get_label_quality_scores

rankings = []
with open(sys.argv[1]) as file:
    tables = json.load(file)
for table in tables:
    labels = np.array(table["labels"])
    probabilities = np.array(table["probabilities"]).reshape(len(labels), -1)
    ranked = {}
    for score in ["self_confidence", "normalized_margin"]:
        issues = find_label_issues(labels, probabilities, return_indices_ranked_by=score, n_jobs=1)
        rest = np.argsort(get_label_quality_scores(labels, probabilities, method=score), kind="stable")
        known = set(issues.tolist())
        ranked[score] = issues.tolist() + [i for i in rest.tolist() if i not in known]
    rankings.append(ranked)
print(json.dumps(rankings))
