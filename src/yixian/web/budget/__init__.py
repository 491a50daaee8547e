"""概算页: what each head holds, what is promised and what is expected; entering and confirming; and the public's page."""
