"""数字的页面: pushing and dragging per body for those who lead and check, and the figures that everybody may read."""
