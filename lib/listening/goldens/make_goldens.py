"""Tables with what cleanlab, scikit-learn and krippendorff say of them, for the tests of this room.

    .cache/peers/bin/python lib/listening/goldens/make_goldens.py > lib/listening/goldens/goldens.json
"""
import json
import numpy as np
import krippendorff
from importlib.metadata import version

from cleanlab.count import compute_confident_joint
from cleanlab.filter import find_label_issues
from sklearn.metrics import cohen_kappa_score

rng = np.random.default_rng(24)


def table(n, k, noise):
    truth = rng.choice(k, n, p=rng.dirichlet(np.ones(k) * 5))
    logits = rng.normal(size=(n, k))
    logits[np.arange(n), truth] += 1.5
    p = np.exp(logits)
    p = np.round(p / p.sum(1, keepdims=True), 4)
    labels = np.where(rng.random(n) < noise, (truth + rng.integers(1, k, n)) % k, truth)
    return {
        "classes": k,
        "labels": labels.tolist(),
        "probabilities": p.tolist(),
        "counted": compute_confident_joint(labels, p, calibrate=False).tolist(),
        "joint": compute_confident_joint(labels, p).tolist(),
        "issues": find_label_issues(labels, p, n_jobs=1, return_indices_ranked_by="self_confidence").tolist(),
    }


def ratings(items, raters, k):
    truth = rng.integers(k, size=items)
    said = np.where(rng.random((items, raters)) < 0.7, truth[:, None], rng.integers(k, size=(items, raters)))
    said[rng.random((items, raters)) < 0.15] = -1
    pairs = []
    for a in range(raters):
        for b in range(a + 1, raters):
            both = (said[:, a] >= 0) & (said[:, b] >= 0)
            pairs.append(cohen_kappa_score(said[both, a], said[both, b]))
    alpha = krippendorff.alpha(np.where(said < 0, np.nan, said).T, level_of_measurement="nominal")
    return {"classes": k, "said": said.tolist(), "cohen": pairs, "alpha": alpha}


print(json.dumps({
    "versions": {name: version(name) for name in ["cleanlab", "krippendorff", "scikit-learn"]},
    "tables": [table(60, 2, 0.2), table(90, 3, 0.1), table(80, 4, 0.3)],
    "ratings": [ratings(40, 3, 2), ratings(30, 4, 5)],
}))
