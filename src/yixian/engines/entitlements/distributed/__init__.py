"""分布核算: the same kernel, one range of households at a time, under Ray or Spark: extras for what outgrows one machine."""

from yixian.engines.entitlements.distributed.run import ENGINES, EngineMissing, compute_distributed

__all__ = ["ENGINES", "EngineMissing", "compute_distributed"]
