"""The benchmark's chart: each row's ratio to the floor, with its goals, and the peers beside it."""

import matplotlib

matplotlib.use("svg")
matplotlib.rcParams["svg.hashsalt"] = "innergate"  # equal figures, equal file
from matplotlib import pyplot  # noqa: E402

from bench_peers import PEERS  # noqa: E402
from bench_table import significant, title  # noqa: E402

COLOURS = {"sqlite": "#3b6ea5", "postgresql": "#7a9e3f", "go": "#b0b0b0", "puma": "#d08c60"}
BARS_PER_PANEL = 24  # that fit the usual width


def draw(results, path):
    concurrencies = sorted({result["connections"] for result in results})
    shown = [r for r in results if "reach" in r or r["server"] in PEERS]
    width = 7.5 * max(1, len(shown) / len(concurrencies) / BARS_PER_PANEL)
    figure, panels = pyplot.subplots(1, len(concurrencies), figsize=(width * len(concurrencies), 4.2), sharey=True, squeeze=False)
    for panel, connections in zip(panels[0], concurrencies):
        bars = [r for r in shown if r["connections"] == connections]
        names = [f"{r['row']}\n{title(r['server'])}" for r in bars]
        panel.bar(names, [r["ratio"] for r in bars], color=[COLOURS[r["server"]] for r in bars], width=0.6)
        for index, result in enumerate(bars):
            if "reach" in result:
                panel.hlines(result["reach"], index - 0.4, index + 0.4, color="black", linewidth=1.5)
                panel.hlines(result["beat"], index - 0.4, index + 0.4, color="black", linewidth=1, linestyle="dotted")
            panel.text(index, result["ratio"] + 0.01, significant(result["ratio"]), ha="center", fontsize=8)
        panel.set_title(f"{connections} connections", fontsize=10)
        panel.set_ylim(0, max([1.1, *(r["ratio"] + 0.1 for r in bars)]))
        panel.tick_params(axis="x", labelsize=7, rotation=60)
    panels[0][0].set_ylabel("throughput, floor = 1\n(line: goal, dotted: aim)", fontsize=9)
    figure.tight_layout()
    figure.savefig(path, metadata={"Date": None})
