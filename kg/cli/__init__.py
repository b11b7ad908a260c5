"""The command line: parses, calls the public API, prints. One file a topic, one function a command.

Exit codes: 0 yes, done; 1 the answer is no; 2 you must change something.
Results go to standard output, all else to standard error.
"""
