#!/usr/bin/env python3
"""Times `touchmap tally` against polars and DuckDB, and checks that all three agree.

Two tables of a wide survey: A, rows and sums of weights by wave, segment, question and
answer; B, by wave, for each pair of questions over the rows with an overall answer, rows, sums
of weights, of answers, of squares and of products. touchmap also keeps what the others are not
asked for: replicate groups, levels, means of stages, overlap, straight lines.

usage: tally_compare.py [rows=2000000] [touchpoints=30] [--only touchmap,polars,duckdb] [--rounds 3]
All run in turn, so that a slow moment of the machine meets each; medians are what to quote.
Needs numpy, polars and duckdb from PyPI, and target/release/touchmap.
"""

import argparse
import json
import os
import pickle
import resource
import statistics
import subprocess
import sys
import tempfile
import time
import zlib
from pathlib import Path

TOUCHMAP = Path(__file__).resolve().parent.parent / "target/release/touchmap"
WEIGHTS = [0.284647, 0.359164, 0.670484, 0.723116, 0.944082, 1.038033, 1.178946, 1.48692, 1.632]
WAVES = ["2022", "2023", "2024"]
GROUPS = 100
# A weight of a millionth in the units of joint sums, 10^-10 · 2^-27.
UNITS = 10_000 << 27


def draw(path, rows, touchpoints, seed=7):
    """A survey of one latent factor, whole answers from 1 to 10, a tenth of them missing."""
    import numpy as np

    rng = np.random.default_rng(seed)
    load = np.linspace(0.45, 0.85, touchpoints)
    mean = rng.uniform(6.2, 8.6, touchpoints)
    with open(path, "w") as file:
        names = [f"t{j + 1:02}" for j in range(touchpoints)]
        file.write("id,wave,segment,weight,overall," + ",".join(names) + "\n")
        for start in range(0, rows, 100_000):
            n = min(100_000, rows - start)
            mood = rng.standard_normal((n, 1))
            noise = rng.standard_normal((n, touchpoints))
            answers = mean + 1.9 * (load * mood + np.sqrt(1 - load**2) * noise)
            answers = np.clip(np.rint(answers), 1, 10).astype(int)
            overall = np.clip(np.rint(answers.mean(1) + rng.normal(0, 0.8, n)), 1, 10)
            cells = answers.astype(str).astype(object)
            cells[rng.random((n, touchpoints)) < 0.1] = ""
            said = np.where(rng.random(n) < 0.01, "", overall.astype(int).astype(str))
            wave, segment = rng.integers(2022, 2025, n), rng.integers(1, 13, n)
            weight = rng.choice(WEIGHTS, n)
            for i in range(n):
                file.write(
                    f"{start + i},{wave[i]},S{segment[i]:02},{weight[i]:.6f},{said[i]},"
                    + ",".join(cells[i])
                    + "\n"
                )


def write_map(path, touchpoints):
    lines = ["touchmap: 1", "id: wide", "name: Wide", "stages:"]
    for stage in range(0, touchpoints, 5):
        lines += [f"  - id: s{stage}", "    name: Stage", "    touchpoints:"]
        for j in range(stage, min(stage + 5, touchpoints)):
            lines.append(f"      - {{id: t{j + 1:02}, name: Touchpoint {j + 1}}}")
    lines.append(
        "survey: {files: [wide.csv], wave: wave, respondent: id, weight: weight, "
        "overall: overall, scale: [1, 10], segments: {segment: segment}}"
    )
    path.write_text("\n".join(lines) + "\n")


def questions(touchpoints):
    return ["overall"] + [f"t{j + 1:02}" for j in range(touchpoints)]


def with_polars(path, touchpoints):
    import polars as pl

    asked = questions(touchpoints)
    types = {"wave": pl.String, "segment": pl.String, "weight": pl.Float64}
    types |= {q: pl.Int8 for q in asked}
    lazy = pl.scan_csv(path, schema_overrides=types).select(*types)
    lazy = lazy.with_columns((pl.col("weight") * 1e6).round().cast(pl.Int64).alias("w"))
    w = pl.col("w")
    sums = [pl.len().alias("n"), w.sum().alias("w"), (w * w).sum().alias("w2")]
    table_a = [lazy.group_by("wave", "segment", q).agg(sums) for q in asked]
    # Twice as fast as integers and a group_by, and exact up to 2^53: 16 million rows.
    answered = lazy.filter(pl.col("overall").is_not_null()).with_columns(w.cast(pl.Float64))
    x = {q: pl.col(q).cast(pl.Float64) for q in asked}
    answered = answered.select(
        "wave",
        "w",
        *[x[q].fill_null(0).alias(q) for q in asked],
        *[x[q].is_not_null().cast(pl.Float64).alias("v" + q) for q in asked],
        *[(w * x[q].is_not_null()).alias("n" + q) for q in asked],
        *[(w * x[q]).fill_null(0).alias("a" + q) for q in asked],
        *[(w * x[q] * x[q]).fill_null(0).alias("b" + q) for q in asked],
    )
    pairs = []
    for i, a in enumerate(asked):
        for j, b in enumerate(asked):
            pairs.append((pl.col("a" + a) * pl.col("v" + b)).sum().alias(f"A{i}_{j}"))
            pairs.append((pl.col("b" + a) * pl.col("v" + b)).sum().alias(f"B{i}_{j}"))
            if i <= j:
                pairs.append((pl.col("v" + a) * pl.col("v" + b)).sum().alias(f"n{i}_{j}"))
                pairs.append((pl.col("n" + a) * pl.col("v" + b)).sum().alias(f"N{i}_{j}"))
                pairs.append((pl.col("a" + a) * pl.col(b)).sum().alias(f"C{i}_{j}"))
    table_b = [answered.filter(pl.col("wave") == wave).select(pairs) for wave in WAVES]
    collected = pl.collect_all([*table_a, *table_b], engine="streaming")
    of_a, of_b = collected[: len(asked)], collected[len(asked) :]
    a = {}
    for q, frame in zip(asked, of_a):
        for wave, segment, level, n, weight, _ in frame.iter_rows():
            a[wave, segment, q, level] = (n, weight)
    whole = [{name: int(it) for name, it in frame.to_dicts()[0].items()} for frame in of_b]
    return a, dict(zip(WAVES, whole))


def with_duckdb(path, touchpoints):
    import duckdb

    asked = questions(touchpoints)
    types = "{'id': 'bigint', 'wave': 'varchar', 'segment': 'varchar', 'weight': 'double', "
    types += ", ".join(f"'{q}': 'utinyint'" for q in asked) + "}"
    base = duckdb.connect()
    base.execute("set threads = 2")
    source = f"read_csv('{path}', header = true, columns = {types})"
    select = ", ".join(asked)
    base.execute(
        f"create view rows as select wave, segment, {select}, "
        f"cast(round(weight * 1e6) as bigint) as w from {source}"
    )
    a = {}
    long = " union all ".join(
        f"select wave, segment, '{q}' as q, {q} as level, count(*), sum(w), sum(w * w) "
        f"from narrow group by all"
        for q in asked
    )
    for wave, segment, q, level, n, weight, _ in base.execute(
        f"with narrow as materialized (select * from rows) {long}"
    ).fetchall():
        a[wave, segment, q, level] = (n, int(weight))
    zero = [f"coalesce(cast({q} as bigint), 0) as {q}" for q in asked]
    zero += [f"cast({q} is not null as bigint) as v{q}" for q in asked]
    base.execute(
        f"create view answered as select wave, w, {', '.join(zero)} "
        "from rows where overall is not null"
    )
    terms, names = [], []
    for i, p in enumerate(asked):
        for j, q in enumerate(asked):
            wanted = [(f"A{i}_{j}", f"sum(w * {p} * v{q})"), (f"B{i}_{j}", f"sum(w * {p} * {p} * v{q})")]
            if i <= j:
                wanted += [
                    (f"n{i}_{j}", f"sum(v{p} * v{q})"),
                    (f"N{i}_{j}", f"sum(w * v{p} * v{q})"),
                    (f"C{i}_{j}", f"sum(w * {p} * {q})"),
                ]
            names += [name for name, _ in wanted]
            terms += [term for _, term in wanted]
    sql = f"select wave, {', '.join(terms)} from answered group by wave"
    b = {}
    for wave, *values in base.execute(sql).fetchall():
        b[wave] = {name: int(value or 0) for name, value in zip(names, values)}
    return a, b


def numbers(data, tables):
    """The integers of joint sums, table by table: see src/survey/integers.rs."""
    at = 0

    def take():
        nonlocal at
        value, shift = 0, 0
        while True:
            byte = data[at]
            at += 1
            value |= (byte & 0x7F) << shift
            shift += 7
            if byte < 0x80:
                return value

    for table, length in tables:
        values, count = [], GROUPS * length
        while len(values) < count:
            value = take()
            if value == 0:
                values += [0] * (1 + take())
            else:
                half = (value + 1) // 2
                values.append(table["unit"] * (-half if value % 2 else half))
        sums = [sum(values[i::length]) for i in range(length)]
        yield sums


def from_touchmap(file, touchpoints):
    head, rest = file.split(b"\n", 1)
    head = json.loads(head)
    body = json.loads(zlib.decompress(rest[: head["bytes"]]))["counts"]
    data = rest[head["bytes"] :]
    asked = questions(touchpoints)
    slots = [None]
    for of in body["slots"]:
        kind = of["of"]
        name = "overall" if kind == "overall" else None
        if isinstance(kind, dict) and "touchpoint" in kind:
            name = asked[1 + kind["touchpoint"]]
        slots += [(name, int(level)) for level in of["answers"] if name] if name else [None] * len(of["answers"])
        slots += [(name, None) if name else None] * len(of["missing"])
    a, b = {}, {}
    v = len(asked)
    triangle = v * (v + 1) // 2
    for wave in body["waves"]:
        part = wave["weighted"]
        for cell in part["segments"]:
            segment = body["segments"][cell["segment"]][cell["value"]]
            for weights in cell["sums"]["weighted"]:
                for slot, n, w in zip(weights["slots"], weights["n"], weights["w"]):
                    if slots[slot]:
                        old = a.get((wave["wave"], segment, *slots[slot]), (0, 0))
                        w = round(w * 2.0 ** (16 * weights["bin"]) * 1e6)
                        a[(wave["wave"], segment, *slots[slot])] = (old[0] + n, old[1] + w)
        known = part["joint"]["known"]
        shapes = [("n", triangle), ("weights", triangle), ("sums", v * v), ("squares", v * v), ("products", triangle)]
        tables = [(known["with_overall"][name], length) for name, length in shapes]
        length = sum(it["bytes"] for it, _ in tables)
        of_b = list(numbers(data, tables))
        # Those without an overall answer, and the levels, are passed over.
        others = list(known["without_overall"].values() if known["without_overall"] else [])
        others += known["levels"].values()
        data = data[length + sum(it["bytes"] for it in others if it) :]
        found = {}
        for i in range(v):
            for j in range(v):
                found[f"A{i}_{j}"] = of_b[2][i * v + j] // UNITS
                found[f"B{i}_{j}"] = of_b[3][i * v + j] // UNITS
                if i <= j:
                    at = j * (j + 1) // 2 + i
                    found[f"n{i}_{j}"] = of_b[0][at]
                    found[f"N{i}_{j}"] = of_b[1][at] // UNITS
                    found[f"C{i}_{j}"] = of_b[4][at] // UNITS
        b[wave["wave"]] = found
    return a, b


def with_touchmap(path, touchpoints):
    folder = path.parent
    subprocess.run([TOUCHMAP, "tally", "map.yaml", "-o", "wide.tally"], cwd=folder, check=True)


def lines(path, _):
    subprocess.run(["wc", "-l", path], check=True, stdout=subprocess.DEVNULL)


def timed(name, work, path, touchpoints):
    """Runs `work` in a process of its own; prints seconds, CPU seconds and memory.

    Gives the seconds, and what `work` gives.
    """
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(read)
        started = time.monotonic()
        result = work(path, touchpoints)
        seconds = time.monotonic() - started
        used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
        cpu = sum(it.ru_utime + it.ru_stime for it in used)
        memory = max(it.ru_maxrss for it in used[(0 if result else 1) :]) / 1024
        megabytes = path.stat().st_size / 1e6
        print(f"{name:10} {seconds:7.2f} s {cpu:7.2f} CPU s {memory:7.0f} MiB {megabytes / seconds:7.0f} MB/s", flush=True)
        with os.fdopen(write, "wb") as pipe:
            pickle.dump((seconds, result), pipe)
        os._exit(0)
    os.close(write)
    with os.fdopen(read, "rb") as pipe:
        seconds, result = pickle.load(pipe)
    os.waitpid(child, 0)
    return seconds, result


def round_of(names, path, touchpoints):
    """Seconds of each program, run in turn, and whether all agree."""
    programs = {"polars": with_polars, "duckdb": with_duckdb}
    timed("wc -l", lines, path, touchpoints)
    seconds, agree = {}, True
    seconds["touchmap"], _ = timed("touchmap", with_touchmap, path, touchpoints)
    mine = from_touchmap((path.parent / "wide.tally").read_bytes(), touchpoints)
    for name in names:
        if name in programs:
            seconds[name], theirs = timed(name, programs[name], path, touchpoints)
            agree &= mine == theirs
            print(f"  {name} and touchmap {'agree' if mine == theirs else 'DIFFER'}")
    return seconds, agree


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("rows", nargs="?", type=int, default=2_000_000)
    parser.add_argument("touchpoints", nargs="?", type=int, default=30)
    parser.add_argument("--only", default="touchmap,polars,duckdb")
    parser.add_argument("--csv", type=Path, help="a survey of the same columns, instead of drawing one")
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        path = folder / "wide.csv"
        if given.csv:
            text = given.csv.open().readline().split(",")[0]
            path.symlink_to(given.csv.resolve())
        else:
            text = "id"
            draw(path, given.rows, given.touchpoints)
        write_map(folder / "map.yaml", given.touchpoints)
        source = (folder / "map.yaml").read_text().replace("respondent: id", f"respondent: {text}")
        (folder / "map.yaml").write_text(source)
        names = given.only.split(",")
        rounds = [round_of(names, path, given.touchpoints) for _ in range(given.rounds)]
        for name in rounds[0][0]:
            median = statistics.median(seconds[name] for seconds, _ in rounds)
            ratios = [seconds[name] / seconds["touchmap"] for seconds, _ in rounds]
            print(f"median     {name:10} {median:7.2f} s, {statistics.median(ratios):5.2f} times touchmap")
        sys.exit(0 if all(agree for _, agree in rounds) else 1)


if __name__ == "__main__":
    main()
