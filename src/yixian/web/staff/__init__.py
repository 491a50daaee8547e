"""职工页面: what those who work with the households see. Thin views: a query, a template; or a form, an action."""
