"""Counts for Prometheus, in its text format: what was asked, how it ended, how long it took."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping

__all__ = ["Metrics"]

# Upper bounds of the histogram in seconds: a look-up takes 1 ms, a scan of a million quads 1 s.
BOUNDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 20.0)


class Metrics:
    """What a server counts while it runs."""

    def __init__(self) -> None:
        self.responses: Counter[tuple[str, int]] = Counter()
        self.queries: Counter[str] = Counter()
        self.buckets = [0] * (len(BOUNDS) + 1)
        self.seconds = 0.0

    def response(self, route: str, status: int) -> None:
        """Counts an answered request."""
        self.responses[route, status] += 1

    def query(self, outcome: str, seconds: float) -> None:
        """Counts a query: answered, refused, failed, timeout, killed, busy or cancelled."""
        self.queries[outcome] += 1
        self.buckets[bisect_left(BOUNDS, seconds)] += 1
        self.seconds += seconds

    def text(self, gauges: Mapping[str, float]) -> str:
        """All counts as Prometheus reads them.

        >>> metrics = Metrics()
        >>> metrics.query("answered", 0.002)
        >>> print(metrics.text({"workers": 2}).splitlines()[-1])
        kg_workers 2
        """
        return "\n".join(self.lines(gauges)) + "\n"

    def lines(self, gauges: Mapping[str, float]) -> Iterator[str]:
        """The lines of the text."""
        yield "# TYPE kg_responses_total counter"
        for (route, status), count in sorted(self.responses.items()):
            yield f'kg_responses_total{{route="{route}",status="{status}"}} {count}'
        yield "# TYPE kg_queries_total counter"
        for outcome, count in sorted(self.queries.items()):
            yield f'kg_queries_total{{outcome="{outcome}"}} {count}'
        yield "# TYPE kg_query_seconds histogram"
        total = 0
        for bound, count in zip((*BOUNDS, "+Inf"), self.buckets, strict=True):
            total += count
            yield f'kg_query_seconds_bucket{{le="{bound}"}} {total}'
        yield f"kg_query_seconds_sum {self.seconds:.6f}"
        yield f"kg_query_seconds_count {total}"
        for name, value in sorted(gauges.items()):
            yield f"# TYPE kg_{name} gauge"
            yield f"kg_{name} {value:g}"
