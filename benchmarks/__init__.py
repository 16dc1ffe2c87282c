"""Measures the house against what else one could run: `python -m benchmarks`, which `make bench` calls.

Imports every room and the development extras; nothing imports it. Everything listens on 127.0.0.1, every run is
bounded, and each figure that is compared was taken in the same run, turn by turn, because machines differ.
"""
