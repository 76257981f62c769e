"""How units may be assessed: kinds, routes, and the rules of their assessment strategies."""
