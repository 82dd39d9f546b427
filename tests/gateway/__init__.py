"""The public edge, over a small module of its own and over the product."""
