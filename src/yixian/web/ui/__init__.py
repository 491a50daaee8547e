"""界面构件: lists, forms and steps declared once; pages, files, buttons and tests follow from the declaration (docs/ui.md)."""
