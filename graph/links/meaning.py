"""What words have to do with each other, as it was learnt from sentences of inspection reports.

Every number is a whole one, small enough for sums of products to be exact: no machine answers differently.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

MEANINGS = Path(__file__).parent / "meanings.npz"
"""Stems that stand in at least six reports, how rare each is, and where each lies among its neighbours."""

_UNKNOWN = 100.0
"""How much rarer than the rarest known one an unknown stem or theme is taken to be."""
_UNRELATED, _RELATED = 0.3, 0.8
"""Nearness below which two stems have nothing in common, and what the nearest two different ones count."""
STEPS = 200.0
"""How near a stem is to itself."""

Numbers = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Meanings:
    """Rarities are hundredths of the natural logarithm of how rare something is."""

    places: dict[str, int]
    """The row of each known stem."""
    stems: tuple[str, ...]
    rarity: Numbers
    weights: dict[str, float]
    """The same by stem."""
    vectors: Numbers
    near: npt.NDArray[np.uint8]
    """How near two stems are, by their rows: from 0 to `STEPS`."""
    telling: Numbers
    """How much each stem tells of the themes of what is said with it, in hundredths of a nat."""
    themes: dict[str, float]
    """How rare each theme is."""
    rarest: float
    rarest_theme: float

    def weight(self, stem: str) -> float:
        """How much a stem tells: how rare it is."""
        return self.weights.get(stem, self.rarest)

    def tells(self, stem: str) -> float:
        """How much a stem tells of themes; one that is not known is a name, and tells as much as the most telling."""
        place = self.places.get(stem)
        return float(self.telling.max() if place is None else self.telling[place])

    def theme_weight(self, theme: str) -> float:
        return self.themes.get(theme, self.rarest_theme)


@lru_cache(maxsize=1)
def meanings() -> Meanings:
    """The learnt table as it is installed."""
    with np.load(MEANINGS) as kept:
        stems, ids = str(kept["stems"]).split(), str(kept["themes"]).split()
        rarity = kept["rarity"].astype(np.float64)
        vectors = kept["vectors"]
        telling = kept["telling"].astype(np.float64)
        of_themes = kept["theme_rarity"].astype(np.float64)
    return Meanings(
        places={stem: place for place, stem in enumerate(stems)},
        stems=tuple(stems),
        rarity=rarity,
        weights=dict(zip(stems, rarity.tolist(), strict=True)),
        vectors=vectors.astype(np.float64),
        near=_near(vectors.astype(np.float32)),
        telling=telling,
        themes={theme: float(value) for theme, value in zip(ids, of_themes, strict=True)},
        rarest=float(rarity.max()) + _UNKNOWN,
        rarest_theme=float(of_themes.max()) + _UNKNOWN,
    )


def _near(vectors: npt.NDArray[np.float32]) -> npt.NDArray[np.uint8]:
    lengths = np.sqrt((vectors * vectors).sum(1))
    cosines = (vectors @ vectors.T) / (lengths[:, None] * lengths[None, :])
    scaled = np.maximum(cosines - np.float32(_UNRELATED), 0) * np.float32(_RELATED / (1 - _UNRELATED) * STEPS)
    near: npt.NDArray[np.uint8] = np.rint(scaled).astype(np.uint8)
    np.fill_diagonal(near, int(STEPS))
    return near
