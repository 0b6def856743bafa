"""The benchmark's chart: each row's ratio to the floor, with its goals."""

import matplotlib

matplotlib.use("svg")
matplotlib.rcParams["svg.hashsalt"] = "innergate"  # equal figures, equal file
from matplotlib import pyplot  # noqa: E402


def draw(results, path):
    concurrencies = sorted({result["connections"] for result in results})
    figure, panels = pyplot.subplots(1, len(concurrencies), figsize=(7.5 * len(concurrencies), 4.2), sharey=True, squeeze=False)
    for panel, connections in zip(panels[0], concurrencies):
        bars = [r for r in results if r["connections"] == connections and "reach" in r]
        names = [f"{r['row']}\n{r['server']}" for r in bars]
        colours = ["#3b6ea5" if r["server"] == "sqlite" else "#7a9e3f" for r in bars]
        panel.bar(names, [r["ratio"] for r in bars], color=colours, width=0.6)
        for index, result in enumerate(bars):
            panel.hlines(result["reach"], index - 0.4, index + 0.4, color="black", linewidth=1.5)
            panel.hlines(result["beat"], index - 0.4, index + 0.4, color="black", linewidth=1, linestyle="dotted")
            panel.text(index, result["ratio"] + 0.01, f"{result['ratio']:.2f}", ha="center", fontsize=8)
        panel.set_title(f"{connections} connections", fontsize=10)
        panel.set_ylim(0, max([1.1, *(r["ratio"] + 0.1 for r in bars)]))
        panel.tick_params(axis="x", labelsize=7, rotation=60)
    panels[0][0].set_ylabel("throughput, floor = 1\n(line: goal, dotted: aim)", fontsize=9)
    figure.tight_layout()
    figure.savefig(path, metadata={"Date": None})
