"""诉求: what people raise — in somebody's hands at every moment, answered in time, never turned against them."""
