"""The picture: what to show of a graph, where each node stands, and the page that a reader opens."""
