"""提出诉求的表单: what portal and cadres share to take a matter down — the form, its places and files, the receipt."""
