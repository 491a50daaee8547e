"""收到的文件: what strangers send, made anew before any room keeps it; whatever a file says of itself counts for nothing."""
