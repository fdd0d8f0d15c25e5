"""Make the outlines of the US states, already projected (Albers, Alaska and Hawaii moved in), for maps.

    python tools/map.py            runs `npm pack us-atlas@3.0.1` and checks the archive's sha256

The borders are simplified arc by arc (Visvalingam and Whyatt 1993), so that neighbours still share them, and each
state gets the point where a dot for it is drawn: the centre of its largest ring.
"""

import heapq
import itertools
import json
import subprocess
import tarfile
import tempfile
from pathlib import Path
from typing import Any

from notice import ROOT, record, sha256

OUT = ROOT / "src" / "jobtide" / "data" / "maps" / "us_states.json"
PACKAGE = "us-atlas@3.0.1"
ARCHIVE_SHA256 = "e6daba1800885868303ad3549da62f85a557b8142bb72629ec15651de62f9c5d"
_MEMBER = "package/states-albers-10m.json"
_GRID = 0.1  # px of the 975 x 610 frame; finer than a screen shows
_TRIANGLE = 1.5  # px², a bend smaller than this is not seen at 720 px
_ISLAND = 3.0  # px², a smaller ring is left out, unless it is its state's largest
_SMALLEST = 4  # points of a ring that still encloses something
Point = tuple[float, float]


def fetch(folder: Path) -> tuple[dict[str, Any], str]:
    """Return the package's topology and its licence, after checking what npm brought."""
    subprocess.run(["npm", "pack", PACKAGE, "--silent"], cwd=folder, check=True, capture_output=True)
    archive = next(folder.glob("*.tgz"))
    if (found := sha256(archive)) != ARCHIVE_SHA256:
        raise SystemExit(f"{PACKAGE}: expected sha256 {ARCHIVE_SHA256}, got {found}")
    with tarfile.open(archive) as tar:
        body, licence = tar.extractfile(_MEMBER), tar.extractfile("package/LICENSE")
        assert body is not None
        assert licence is not None
        return json.load(body), licence.read().decode()


def decode(topology: dict[str, Any]) -> list[list[Point]]:
    """The arcs as points in px."""
    (kx, ky), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
    out = []
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            points.append((x * kx + tx, y * ky + ty))
        out.append(points)
    return out


def _area(a: Point, b: Point, c: Point) -> float:
    return abs((b[0] - a[0]) * (c[1] - a[1]) - (c[0] - a[0]) * (b[1] - a[1])) / 2


def simplify(points: list[Point], smallest: float = _TRIANGLE) -> list[Point]:
    """Drop the points whose triangle with their neighbours is smallest; both ends stay, a ring keeps four points."""
    least = _SMALLEST if points[0] == points[-1] else 2
    before, after = list(range(-1, len(points) - 1)), list(range(1, len(points) + 1))
    alive, left = [True] * len(points), len(points)
    heap = [(_area(*points[i - 1 : i + 2]), i) for i in range(1, len(points) - 1)]
    heapq.heapify(heap)
    while heap and left > least:
        area, i = heapq.heappop(heap)
        if not alive[i] or area != _area(points[before[i]], points[i], points[after[i]]):
            continue
        if area >= smallest:
            break
        alive[i], left = False, left - 1
        a, b = before[i], after[i]
        after[a], before[b] = b, a
        for j in (a, b):
            if 0 < j < len(points) - 1:
                heapq.heappush(heap, (_area(points[before[j]], points[j], points[after[j]]), j))
    return [point for point, kept in zip(points, alive, strict=True) if kept]


def encode(arcs: list[list[Point]]) -> list[list[list[int]]]:
    """Arcs as whole steps of the grid, each point relative to the one before."""
    out = []
    for points in arcs:
        grid = [(round(x / _GRID), round(y / _GRID)) for x, y in points]
        steps = [list(grid[0])]
        steps += [[b[0] - a[0], b[1] - a[1]] for a, b in itertools.pairwise(grid) if a != b]
        out.append(steps if len(steps) > 1 else [*steps, [0, 0]])
    return out


def _ring(indices: list[int], arcs: list[list[Point]]) -> list[Point]:
    """A ring's points; index ~i means arc i backwards."""
    out: list[Point] = []
    for i in indices:
        out += arcs[i] if i >= 0 else arcs[~i][::-1]
    return out


def centre(points: list[Point]) -> tuple[float, float, float]:
    """(area, x, y) of a ring's centroid."""
    area = x = y = 0.0
    for (x0, y0), (x1, y1) in zip(points, points[1:] + points[:1], strict=True):
        cross = x0 * y1 - x1 * y0
        area, x, y = area + cross / 2, x + (x0 + x1) * cross, y + (y0 + y1) * cross
    return (abs(area), x / (6 * area), y / (6 * area)) if area else (0.0, *points[0])


def states(topology: dict[str, Any], arcs: list[list[Point]]) -> list[dict[str, Any]]:
    """The states with string ids, name, and the point for a dot."""
    out = []
    for shape in sorted(topology["objects"]["states"]["geometries"], key=lambda g: str(g["id"])):
        polygons = shape["arcs"] if shape["type"] == "MultiPolygon" else [shape["arcs"]]
        sized = [(centre(_ring(polygon[0], arcs)), polygon) for polygon in polygons]
        largest, x, y = max(place for place, _ in sized)
        kept = [polygon for (area, _, _), polygon in sized if area >= min(_ISLAND, largest)]
        properties = {"name": shape["properties"]["name"], "x": round(x, 1), "y": round(y, 1)}
        out.append({"type": "MultiPolygon", "id": shape["id"], "properties": properties, "arcs": kept})
    return out


def used(shapes: list[dict[str, Any]], arcs: list[list[Point]]) -> list[list[Point]]:
    """The arcs that the shapes still use; the shapes' indices are rewritten in place."""
    names: dict[int, int] = {}
    for ring in (ring for shape in shapes for polygon in shape["arcs"] for ring in polygon):
        for place, i in enumerate(ring):
            new = names.setdefault(i if i >= 0 else ~i, len(names))
            ring[place] = new if i >= 0 else ~new
    return [arcs[i] for i in names]


def main() -> None:
    """Write the outlines and their block in NOTICE."""
    with tempfile.TemporaryDirectory() as folder:
        topology, licence = fetch(Path(folder))
    arcs = decode(topology)
    shapes = states(topology, arcs)
    arcs = used(shapes, arcs)
    slim = {
        "type": "Topology",
        "transform": {"scale": [_GRID, _GRID], "translate": [0, 0]},
        "objects": {"states": {"type": "GeometryCollection", "geometries": shapes}},
        "arcs": encode([simplify(arc) for arc in arcs]),
    }
    OUT.parent.mkdir(parents=True, exist_ok=True)
    OUT.write_text(json.dumps(slim, separators=(",", ":")) + "\n")
    print(f"{sum(map(len, slim['arcs'])):,} points, {OUT.stat().st_size:,} bytes")  # type: ignore[arg-type]
    record(
        "US state outlines (us-atlas 3.0.1)",
        lines=[
            "npm package us-atlas 3.0.1, states-albers-10m.json (after the US Census Bureau's cartographic boundary",
            f"files), by tools/map.py; archive sha256 {ARCHIVE_SHA256}.",
            "Changed: borders simplified, small islands and the outline of the nation dropped, a point for dots added.",
            "ISC licence:",
            *(f"    {line}".rstrip() for line in licence.strip().splitlines()),
        ],
        files=[OUT],
    )


if __name__ == "__main__":
    main()
