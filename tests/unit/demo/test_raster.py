"""Round cones against trying every ball, and how they blend."""

import numpy as np
import pytest

from choreai_live.demo.projection import Cones, Projection, joined
from choreai_live.demo.raster import Canvas
from choreai_live.demo.shading import LOOKUP_SIZE, lookup

FOCAL, CENTRE = 400.0, (99.5, 99.5)
RED, BLUE = (220, 20, 20), (20, 20, 220)


def cone(
    start: tuple[float, float, float],
    end: tuple[float, float, float],
    radii: tuple[float, float],
    *,
    shape: np.ndarray | None = None,
    cuts: int = 0,
    material: int = 0,
) -> Cones:
    """Return one cone in the camera's frame."""
    return Cones(
        starts=np.array([start]),
        ends=np.array([end]),
        start_radii=np.array([radii[0]]),
        end_radii=np.array([radii[1]]),
        shapes=np.eye(3)[None] if shape is None else np.linalg.cholesky(shape @ shape.T)[None],
        round=np.array([shape is None]),
        cuts=np.array([cuts]),
        melts=np.array([0.01]),
        materials=np.array([material]),
    )


def drawn(*cones: Cones, colours: tuple[tuple[int, int, int], ...] = (RED, BLUE)) -> Canvas:
    """Return a canvas of 200 x 200 with the cones on it."""
    canvas = Canvas(np.zeros((200, 200, 3), np.uint8))
    atlas = np.concatenate([lookup(colour) for colour in colours])
    canvas.draw(Projection(joined(cones, 0), FOCAL, CENTRE), atlas)
    return canvas


def test_a_ball_is_a_disc_of_the_right_size_and_distance() -> None:
    canvas = drawn(cone((0, 0, 4), (0, 0, 4), (0.5, 0.5)))
    covered = canvas.depth < 50
    assert covered.sum() == pytest.approx(np.pi * 50**2, rel=0.02)
    assert canvas.depth.min() == pytest.approx(3.5, abs=0.01)
    rows, columns = np.nonzero(covered)
    assert (rows.mean(), columns.mean()) == pytest.approx(CENTRE, abs=0.1)


def brute_force(
    start: np.ndarray, end: np.ndarray, radii: tuple[float, float], shape: np.ndarray
) -> np.ndarray:
    """Return the depth (200, 200) by trying every ball along the way, for parallel rays."""
    y, x = (np.mgrid[0:200, 0:200] - 99.5) / 100.0  # focal / depth = 100 pixels per metre
    depth = np.full((200, 200), np.inf)
    inverse = np.linalg.inv(shape @ shape.T)
    for share in np.linspace(0, 1, 400):
        centre = start + share * (end - start)
        radius = radii[0] + share * (radii[1] - radii[0])
        dx, dy = x - centre[0], y - centre[1]
        a = inverse[2, 2]
        b = inverse[0, 2] * dx + inverse[1, 2] * dy
        c = (
            inverse[0, 0] * dx * dx
            + 2 * inverse[0, 1] * dx * dy
            + inverse[1, 1] * dy * dy
            - radius**2
        )
        root = b * b - a * c
        hit = centre[2] + (-b - np.sqrt(np.maximum(root, 0))) / a
        depth = np.where(root > 0, np.minimum(depth, hit), depth)
    return depth


@pytest.mark.parametrize(
    ("start", "end", "radii"),
    [
        ((-0.4, 0.3, 0.0), (0.5, -0.2, 0.0), (0.10, 0.25)),
        ((-0.3, -0.3, 0.3), (0.3, 0.2, -0.3), (0.20, 0.12)),
        ((0.0, -0.5, -0.2), (0.1, 0.5, 0.2), (0.15, 0.15)),
    ],
)
@pytest.mark.parametrize("flattened", [False, True])
def test_cones_lie_where_trying_every_ball_finds_them(
    start: tuple[float, float, float],
    end: tuple[float, float, float],
    radii: tuple[float, float],
    flattened: bool,
) -> None:
    turn = np.linalg.qr(np.array(((1.0, 0.3, 0.2), (-0.2, 1.0, 0.4), (0.1, -0.5, 1.0))))[0]
    shape = turn @ np.diag((1.0, 1.3, 0.6)) if flattened else np.eye(3)
    expected = brute_force(np.array(start), np.array(end), radii, shape)
    # From very far away, perspective is parallel.
    far = np.array((0.0, 0.0, 4000.0))
    canvas = Canvas(np.zeros((200, 200, 3), np.uint8))
    canvas.depth[:] = 1e6
    what = cone(start + far, end + far, radii, shape=shape if flattened else None)
    canvas.draw(Projection(what, 100.0 * 4000.0, CENTRE), lookup(RED))
    covered, wanted = canvas.depth < 1e5, np.isfinite(expected)
    assert (covered != wanted).sum() < 0.02 * wanted.sum()
    both = covered & wanted
    error = np.abs(canvas.depth[both] - 4000.0 - expected[both])
    # float32 at 4 km resolves a quarter of a millimetre; steep edges a little less.
    assert np.percentile(error, 98) < 0.01


def test_the_nearer_one_wins_whichever_is_drawn_first() -> None:
    near = cone((0, 0, 3), (0, 0, 3), (0.2, 0.2))
    far = cone((0, 0, 4), (0, 0, 4), (0.5, 0.5), material=1)
    for order in ((near, far), (far, near)):
        image = drawn(*order).image
        blue, _, red = image[100, 100].astype(int)
        assert red > 2 * blue
        blue, _, red = image[100, 140].astype(int)
        assert blue > 2 * red


def test_edges_are_smooth() -> None:
    image = drawn(cone((0, 0, 4), (0, 0, 4), (0.5, 0.5)), colours=((255, 255, 255),)).image
    green = image[..., 1].astype(int)
    partial = ((green > 10) & (green < 120)).sum()
    # About one pixel in between for each pixel of the circumference.
    assert partial > 0.4 * 2 * np.pi * 50


def test_cut_ends_are_straight() -> None:
    whole = drawn(cone((0, -0.3, 4), (0, 0.3, 4), (0.2, 0.2))).depth < 50
    cut = drawn(cone((0, -0.3, 4), (0, 0.3, 4), (0.2, 0.2), cuts=1)).depth < 50
    both = drawn(cone((0, -0.3, 4), (0, 0.3, 4), (0.2, 0.2), cuts=2)).depth < 50
    lows = [int(np.nonzero(covered.any(axis=1))[0].max()) for covered in (whole, cut, both)]
    highs = [int(np.nonzero(covered.any(axis=1))[0].min()) for covered in (whole, cut, both)]
    assert lows[0] - lows[1] == pytest.approx(20, abs=2)
    assert lows[1] == lows[2]
    assert highs[0] == highs[1]
    assert highs[2] - highs[0] == pytest.approx(20, abs=2)


def test_what_lies_outside_the_picture_is_clipped() -> None:
    canvas = drawn(
        cone((5, 0, 4), (6, 0, 4), (0.5, 0.5)),
        cone((-1.0, 0, 4), (0, 0, 4), (0.2, 0.2)),
    )
    assert (canvas.depth[:, 0] < 50).any()
    assert not (canvas.depth[:, 150:] < 50).any()


def test_points_are_met_where_they_are_drawn() -> None:
    what = cone((-0.3, -0.3, 4.3), (0.3, 0.2, 3.7), (0.20, 0.12))
    canvas = drawn(what)
    y, x = np.mgrid[20:180:7, 20:180:7]
    points = np.stack((x.ravel(), y.ravel()), axis=1).astype(float)
    met = Projection(what, FOCAL, CENTRE).depths(points)[:, 0]
    picture = canvas.depth[y.ravel(), x.ravel()]
    inside = np.isfinite(met) & (picture < 50)
    assert inside.sum() > 30
    assert (np.isfinite(met) != (picture < 50)).sum() <= 4
    np.testing.assert_allclose(met[inside], picture[inside], atol=1e-3)


def test_light_comes_from_the_upper_left() -> None:
    table = lookup((180, 180, 180)).astype(int).sum(axis=2)
    quarter = LOOKUP_SIZE // 4
    assert table[quarter, quarter] > table[3 * quarter, 3 * quarter]
    assert table.min() > 0
