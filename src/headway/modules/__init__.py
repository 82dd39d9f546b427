"""The product, one package per module; they meet through contracts.py only."""
