"""Tests of news: whom it reaches, when, and by which way."""
