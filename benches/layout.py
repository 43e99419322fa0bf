#!/usr/bin/env python3
"""Compares the touchpoint graph with Graphviz `dot` on random journeys; see CONTRIBUTING.md.

    benches/layout.py [--touchmap PATH] [--generator PATH] [--sizes 25,100,500,1000] [--seeds 1,2,3]
                      [--columns stages|drawn]

Both draw the same touchpoints and transitions. `dot` is given one column for each stage (`rank=same`), or
with `--columns drawn` the columns that touchmap divided the stages into. Every number is counted from the
geometry that they wrote, by the same code: crossings of two lines (of two that share a touchpoint only those
away from it), boxes that overlap, lines through a foreign box, labels on a label or on a box, labels that a
second line runs through. Times are CPU milliseconds of the whole process, the fastest of five. `touchmap`
also reads the map and analyses its scores: what the graph alone takes is the difference from
`touchmap score`, which draws nothing.
"""

import argparse
import json
import pathlib
import resource
import subprocess
import tempfile
from collections import defaultdict

CELL = 60.0
NEAR = 14.0


def cpu():
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def best_time(command, stdin=None):
    """The output of a command and the CPU seconds of the fastest of five runs of it."""
    times = []
    for _ in range(5):
        begun = cpu()
        done = subprocess.run(command, input=stdin, capture_output=True, text=True, check=True)
        times.append(cpu() - begun)
    return done.stdout, min(times)


def ours(touchmap, path, folder):
    """The scene that touchmap writes: boxes, lines and label boxes."""
    out = folder / "scene.json"
    draw = [touchmap, "draw", "-o", str(out), str(path), "--view"]
    _, rest = best_time([touchmap, "score", "--format", "csv", str(path)])
    _, seconds = best_time([*draw, "graph"])
    scene = json.loads(out.read_text())
    boxes = {}
    for node in scene["nodes"]:
        boxes[node["id"]] = (node["x"], node["y"], node["x"] + node["width"], node["y"] + node["height"])
    lines = [(edge["from"], edge["to"], edge["points"]) for edge in scene["edges"]]
    labels = [
        (text["x"], text["y"], text["x"] + text["width"], text["y"] + text["height"], text["class"])
        for text in scene["texts"]
    ]
    return boxes, lines, labels, (seconds, seconds - rest)


def stages_of(path):
    """The touchpoints of each stage, from a map of examples/random_journey.rs."""
    stages = []
    for line in path.read_text().splitlines():
        if line.startswith("  - id: s"):
            stages.append([])
        elif line.startswith("      - {id: "):
            stages[-1].append(line.split("id: ")[1].split(",")[0])
    return stages


def drawn_columns(boxes):
    """The touchpoints by their horizontal place."""
    columns = defaultdict(list)
    for name, box in boxes.items():
        columns[round(box[0])].append(name)
    return [columns[x] for x in sorted(columns)]


def dot(columns, lines):
    """Boxes and lines of Graphviz with the same columns."""
    text = ["digraph {", "rankdir=LR; nodesep=0.2; node [shape=box, fixedsize=true, width=1.44, height=0.81, label=\"\"];"]
    for at, column in enumerate(columns):
        nodes = " ".join(column)
        text.append(f"{{rank=same; anchor{at} [style=invis, width=0.1, height=0.1]; {nodes}}}")
    chain = " -> ".join(f"anchor{at}" for at in range(len(columns)))
    text.append(f"{chain} [style=invis, weight=0];")
    text += [f"{source} -> {target} [dir=none];" for source, target, _ in lines]
    text.append("}")
    plain, seconds = best_time(["dot", "-Tplain"], "\n".join(text))
    boxes, found = {}, []
    for line in plain.splitlines():
        words = line.split()
        if words[0] == "node" and not words[1].startswith("anchor"):
            x, y, width, height = (72 * float(word) for word in words[2:6])
            boxes[words[1]] = (x - width / 2, y - height / 2, x + width / 2, y + height / 2)
        elif words[0] == "edge" and not words[1].startswith("anchor"):
            count = int(words[3])
            numbers = [72 * float(word) for word in words[4 : 4 + 2 * count]]
            found.append((words[1], words[2], sampled(list(zip(numbers[::2], numbers[1::2])))))
    return boxes, found, seconds


def sampled(points):
    """A chain of Bézier curves as a polyline."""
    line = [points[0]]
    for at in range(0, len(points) - 3, 3):
        a, b, c, d = points[at : at + 4]
        for step in range(1, 13):
            t = step / 12
            u = 1 - t
            line.append(tuple(
                u**3 * a[i] + 3 * u * u * t * b[i] + 3 * u * t * t * c[i] + t**3 * d[i] for i in (0, 1)
            ))
    return line


def pieces(lines):
    """Every straight piece of every line with the number of its line."""
    for at, (_, _, points) in enumerate(lines):
        for one, other in zip(points, points[1:]):
            yield at, tuple(one), tuple(other)


def cells(low_x, low_y, high_x, high_y):
    for column in range(int(low_x // CELL), int(high_x // CELL) + 1):
        for row in range(int(low_y // CELL), int(high_y // CELL) + 1):
            yield column, row


def side(a, b, c):
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]) >= 0


def crossings(lines, boxes):
    """Crossings of two lines; near a touchpoint that both touch they do not count."""
    grid = defaultdict(list)
    for at, (line, p, q) in enumerate(pieces(lines)):
        for cell in cells(min(p[0], q[0]), min(p[1], q[1]), max(p[0], q[0]), max(p[1], q[1])):
            grid[cell].append((at, line, p, q))
    seen, count = set(), 0
    for members in grid.values():
        for i, (at, line, p, q) in enumerate(members):
            for other_at, other, r, s in members[:i]:
                if line == other or side(p, q, r) == side(p, q, s) or side(r, s, p) == side(r, s, q):
                    continue
                pair = (min(at, other_at), max(at, other_at))
                if pair in seen:
                    continue
                seen.add(pair)
                shared = set(lines[line][:2]) & set(lines[other][:2])
                count += not any(near(meeting(p, q, r, s), boxes[end]) for end in shared if end in boxes)
    return count


def meeting(p, q, r, s):
    dx, dy, ex, ey = q[0] - p[0], q[1] - p[1], s[0] - r[0], s[1] - r[1]
    whole = dx * ey - dy * ex
    t = ((r[0] - p[0]) * ey - (r[1] - p[1]) * ex) / whole if whole else 0
    return p[0] + t * dx, p[1] + t * dy


def near(point, box):
    return box[0] - NEAR < point[0] < box[2] + NEAR and box[1] - NEAR < point[1] < box[3] + NEAR


def overlap(one, other, hair=1.0):
    return (
        one[0] + hair < other[2] - hair and other[0] + hair < one[2] - hair
        and one[1] + hair < other[3] - hair and other[1] + hair < one[3] - hair
    )


def overlapping(boxes, others=None):
    """Pairs of boxes that overlap: within one list, or between two."""
    grid = defaultdict(list)
    for at, box in enumerate(boxes):
        for cell in cells(*box[:4]):
            grid[cell].append(at)
    pairs = set()
    for at, box in enumerate(boxes if others is None else others):
        for cell in cells(*box[:4]):
            for found in grid.get(cell, ()):
                if (others is not None or found < at) and overlap(boxes[found], box):
                    pairs.add((found, at))
    return len(pairs)


def through(p, q, box):
    """Whether a straight piece enters the inside of a box (Liang and Barsky, 1984)."""
    low, high = 0.0, 1.0
    for axis in (0, 1):
        d = q[axis] - p[axis]
        for edge, sign in ((box[axis] + 1, -1), (box[axis + 2] - 1, 1)):
            gap = sign * (edge - p[axis])
            if d * sign == 0:
                if gap <= 0:
                    return False
            elif d * sign > 0:
                high = min(high, gap / (d * sign))
            else:
                low = max(low, gap / (d * sign))
    return low < high


def hit(lines, boxes, is_own):
    """Lines through boxes that are not theirs."""
    grid = defaultdict(list)
    for name, box in boxes.items():
        for cell in cells(*box[:4]):
            grid[cell].append(name)
    hits = set()
    for at, p, q in pieces(lines):
        for cell in cells(min(p[0], q[0]), min(p[1], q[1]), max(p[0], q[0]), max(p[1], q[1])):
            for name in grid.get(cell, ()):
                if (at, name) not in hits and not is_own(lines[at], name) and through(p, q, boxes[name]):
                    hits.add((at, name))
    return len(hits)


def own_box(line, name):
    return name in line[:2]


def crowded(words, lines):
    """Words that a second line runs through, besides the one that they belong to."""
    boxes = dict(enumerate(words))
    grid = defaultdict(list)
    for at, p, q in pieces(lines):
        for cell in cells(min(p[0], q[0]), min(p[1], q[1]), max(p[0], q[0]), max(p[1], q[1])):
            grid[cell].append((at, p, q))
    count = 0
    for box in boxes.values():
        met = {
            at for cell in cells(*box[:4]) for at, p, q in grid.get(cell, ()) if through(p, q, box)
        }
        count += len(met) > 1
    return count


def is_joined(line, boxes):
    """Whether a line has a box at both ends: short ways in and out have not, and are in neither drawing."""
    return all(
        end in boxes and near(point, boxes[end]) for end, point in zip(line[:2], (line[2][0], line[2][-1]))
    )


def measured(boxes, lines, labels):
    words = [label for label in labels if label[4] in ("el", "lo")]
    return {
        "crossings": crossings([line for line in lines if is_joined(line, boxes)], boxes),
        "overlaps": overlapping(list(boxes.values())),
        "hits": hit(lines, boxes, own_box),
        "crowded": crowded(words, lines),
        "labels": overlapping(labels) + overlapping(list(boxes.values()), words),
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--touchmap", default="target/release/touchmap")
    parser.add_argument("--generator", default="target/release/examples/random_journey")
    parser.add_argument("--sizes", default="25,100,500,1000")
    parser.add_argument("--seeds", default="1,2,3")
    parser.add_argument("--backward", default="0,10")
    parser.add_argument("--columns", default="stages", choices=["stages", "drawn"])
    given = parser.parse_args()
    print("| touchpoints | backward | seed | crossings | dot | ratio | boxes overlap | through boxes | dot | label faults | labels on a foreign line | ms | ms of the graph | dot |")
    print("| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |")
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        for size in given.sizes.split(","):
            for backward in given.backward.split(","):
                totals = [0, 0]
                for seed in given.seeds.split(","):
                    path = folder / "journey.yaml"
                    path.write_text(subprocess.run(
                        [given.generator, size, seed, backward], capture_output=True, text=True, check=True
                    ).stdout)
                    boxes, lines, labels, seconds = ours(given.touchmap, path, folder)
                    joined = [line for line in lines if is_joined(line, boxes)]
                    columns = stages_of(path) if given.columns == "stages" else drawn_columns(boxes)
                    if given.columns == "stages":
                        columns = [["start"], *columns, ["end"]]
                    columns = [[name for name in column if name in boxes] for column in columns]
                    dot_boxes, dot_lines, dot_seconds = dot([it for it in columns if it], joined)
                    found = measured(boxes, lines, labels)
                    theirs = measured(dot_boxes, dot_lines, [])
                    totals[0] += found["crossings"]
                    totals[1] += theirs["crossings"]
                    ratio = found["crossings"] / max(1, theirs["crossings"])
                    print(
                        f"| {size} | {backward} % | {seed} | {found['crossings']} | {theirs['crossings']} | {ratio:.2f} "
                        f"| {found['overlaps']} | {found['hits']} | {theirs['hits']} | {found['labels']} | {found['crowded']} "
                        f"| {1000 * seconds[0]:.0f} | {1000 * seconds[1]:.0f} | {1000 * dot_seconds:.0f} |",
                        flush=True,
                    )
                print(f"| {size} | {backward} % | all | {totals[0]} | {totals[1]} | {totals[0] / max(1, totals[1]):.2f} | | | | | | | | |")


main()
