"""Rebuilds the names model that ships in extractor/models/ner: `python -m training.ner.run --data DIR`."""
