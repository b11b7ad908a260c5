"""The modules that learn need PyTorch, which reading does not: without it their examples are not collected."""

from importlib.util import find_spec

collect_ignore = [] if find_spec("torch") else ["learning.py", "build.py"]
