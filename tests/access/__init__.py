"""准入的测试: a package, so that its world is undone when the last of its tests on a worker has run."""
