"""Records of people leaving in a file: one asks, another approves, once, and each is marked with who took it."""
