"""包联房间: who stands beside whom, today and over time; leavings, hand-overs, leaders, recusals, the map, and what if."""
