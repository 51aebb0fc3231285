"""Optuna's TPE with its defaults on one problem of bench/sweep_problems.ts: prints the best value of every seed.

    python bench/peers/sweep_optuna.py Branin --trials 60 --seeds 20
    python bench/peers/sweep_optuna.py table --trials 60 --seeds 20 --table bench/sweep_table.json
"""

import argparse
import json
import math

import optuna


def cube(dimensions, low, high):
    return lambda trial: [trial.suggest_float(f"x{i}", low, high) for i in range(dimensions)]


def branin_space(trial):
    return [trial.suggest_float("x0", -5, 10), trial.suggest_float("x1", 0, 15)]


def sphere(x):
    return sum(xi * xi for xi in x)


def branin(x):
    a, b, t = 5.1 / (4 * math.pi**2), 5 / math.pi, 1 / (8 * math.pi)
    return (x[1] - a * x[0] ** 2 + b * x[0] - 6) ** 2 + 10 * (1 - t) * math.cos(x[0]) + 10


def rosenbrock(x):
    return sum(100 * (x[i + 1] - x[i] ** 2) ** 2 + (1 - x[i]) ** 2 for i in range(len(x) - 1))


def ackley(x):
    root = math.sqrt(sum(xi * xi for xi in x) / len(x))
    waves = math.exp(sum(math.cos(2 * math.pi * xi) for xi in x) / len(x))
    return 20 + math.e - 20 * math.exp(-0.2 * root) - waves


def hartmann(x):
    alpha = [1, 1.2, 3, 3.2]
    a = [[10, 3, 17, 3.5, 1.7, 8], [0.05, 10, 17, 0.1, 8, 14], [3, 3.5, 1.7, 10, 17, 8], [17, 8, 0.05, 10, 0.1, 14]]
    p = [
        [0.1312, 0.1696, 0.5569, 0.0124, 0.8283, 0.5886],
        [0.2329, 0.4135, 0.8307, 0.3736, 0.1004, 0.9991],
        [0.2348, 0.1451, 0.3522, 0.2883, 0.3047, 0.665],
        [0.4047, 0.8828, 0.8732, 0.5743, 0.1091, 0.0381],
    ]
    return -sum(w * math.exp(-sum(a[i][j] * (x[j] - p[i][j]) ** 2 for j in range(6))) for i, w in enumerate(alpha))


def table_problem(path):
    values = {}
    with open(path) as file:
        for entry in json.load(file)["settings"]:
            params = entry["params"]
            values[params["rate"], params["nMels"], round(params["dropout"], 6), params["pooling"]] = entry["value"]

    def objective(trial):
        rate = trial.suggest_int("rate", 0, 6)
        bands = trial.suggest_int("nMels", 16, 64, step=16)
        dropout = trial.suggest_float("dropout", 0, 0.4, step=0.2)
        pooling = trial.suggest_categorical("pooling", ["average", "both"])
        return values[rate, bands, round(dropout, 6), pooling]

    return objective


FUNCTIONS = {
    "sphere": (cube(5, -5.12, 5.12), sphere),
    "Branin": (branin_space, branin),
    "Rosenbrock": (cube(3, -2.048, 2.048), rosenbrock),
    "Ackley": (cube(4, -32.768, 32.768), ackley),
    "Hartmann": (cube(6, 0, 1), hartmann),
}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("problem", choices=[*FUNCTIONS, "table"])
    parser.add_argument("--trials", type=int, required=True)
    parser.add_argument("--seeds", type=int, required=True)
    parser.add_argument("--first", type=int, default=0, help="the first seed")
    parser.add_argument("--table")
    options = parser.parse_args()
    optuna.logging.set_verbosity(optuna.logging.ERROR)
    if options.problem == "table":
        direction, objective = "maximize", table_problem(options.table)
    else:
        space, value = FUNCTIONS[options.problem]
        direction, objective = "minimize", lambda trial: value(space(trial))
    best = []
    for seed in range(options.first, options.first + options.seeds):
        study = optuna.create_study(direction=direction, sampler=optuna.samplers.TPESampler(seed=seed))
        study.optimize(objective, n_trials=options.trials)
        best.append(study.best_value)
    print(json.dumps({"version": optuna.__version__, "best": best}))


main()
