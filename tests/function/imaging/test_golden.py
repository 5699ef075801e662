"""Each kind of file still looks as it did: a change that is meant is taken in by `make golden`."""

import numpy as np
import pytest
from PIL import Image

from tests.function.imaging.golden import KINDS, path, rendered
from tests.support.pictures import distance

# Releases of decoders round differently; a wrong colour, turn or crop is far from this.
MEAN, WORST = 1.5, 12.0


@pytest.mark.parametrize("kind", KINDS)
def test_it_looks_as_it_did(kind: str) -> None:
    golden, seen = np.asarray(Image.open(path(kind)).convert("RGB")), rendered(kind)
    assert seen.shape == golden.shape
    pairs = zip(seen.reshape(-1, 3).tolist(), golden.reshape(-1, 3).tolist(), strict=True)
    apart = [distance(tuple(one), tuple(other)) for one, other in pairs]
    assert np.mean(apart) < MEAN
    assert max(apart) < WORST
