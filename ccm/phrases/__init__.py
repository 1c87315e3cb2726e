"""What staff type about their minutes, understood: the one way in is `understand`."""

from ccm.phrases.understanding import understand

__all__ = ["understand"]
