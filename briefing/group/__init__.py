"""Articles in, Stories out: near-copies, vectors, neighbours, clusters. The only barrier of the run."""

from briefing.group.sources import origins, sources
from briefing.group.stories import group, regroup

__all__ = ["group", "origins", "regroup", "sources"]
