"""便民窗口: what a household sees with its card, and what everybody may see. No sign-in, Chinese first, any phone."""
