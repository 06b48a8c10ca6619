"""Where records go: one module per destination."""
