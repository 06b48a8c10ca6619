"""Review: what a person reads, questions and corrects: the report, explanations, annotations."""
