"""承诺把关: what a promise says in figures and words, and whether anything decided stands behind it."""
