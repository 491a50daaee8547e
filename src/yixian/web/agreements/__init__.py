"""协议与账目各版的页面: versions of accounts, agreements over them, and cases that wait for a decision."""
