"""电子表格文件: workbooks from strangers, opened only after they were seen to be harmless."""
