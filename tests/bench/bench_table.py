"""The benchmark's tables, in Markdown."""

from bench_peers import PEERS, REFERENCE


def title(server):
    return PEERS[server].title if server in PEERS else server.replace("_", ", with ")


def of_figures(results):
    lines = [
        "| Connections | Row | Server | Requests/s | Ratio to floor | Goal (reach / beat) | p50 ms | p99 ms |"
        " nginx µs | worker µs | PostgreSQL µs | Pool PSS MiB |",
        "|---|---|---|---|---|---|---|---|---|---|---|---|",
    ]
    for result in results:
        goal = "–"
        if "reach" in result:
            mark = "beaten" if result["ratio"] >= result["beat"] else "reached" if result["ratio"] >= result["reach"] else "missed"
            goal = f"{result['reach']:.2f} / {result['beat']:.2f}: {mark}"
        postgresql = f"{result['postgresql_us']:.0f}" if "postgresql_us" in result else "–"
        lines.append(
            f"| {result['connections']} | {result['row']} | {title(result['server'])} | {result['rate']:.0f} |"
            f" {significant(result['ratio'])} | {goal} | {result['p50']:.2f} | {result['p99']:.2f} | {result['nginx_us']:.0f} |"
            f" {result['worker_us']:.0f} | {postgresql} | {result['pss_mib']:.1f} |"
        )
    return "\n".join(lines) + "\n"


def significant(ratio):
    """With as many digits as tell small ones apart."""
    return f"{ratio:.2f}" if ratio >= 0.1 else f"{ratio:.3f}"


def of_peers(results):
    """How many times as fast as each peer the pool is on the same database; nothing where no peer was measured."""
    names = [name for name in PEERS if any(f"times_{name}" in result for result in results)]
    if not names:
        return ""
    lines = [
        "| Connections | Row | " + " | ".join(f"{REFERENCE} to {PEERS[name].title}" for name in names) + " |",
        "|---|---|" + "---|" * len(names),
    ]
    for result in results:
        if any(f"times_{name}" in result for name in names):
            times = " | ".join(f"{result[f'times_{name}']:.1f} times" for name in names)
            lines.append(f"| {result['connections']} | {result['row']} | {times} |")
    return "\n".join(lines) + "\n"


def of_left_out(reasons):
    return "".join(f"LEFT OUT: {PEERS[name].title}: {reason}\n" for name, reason in reasons.items())
