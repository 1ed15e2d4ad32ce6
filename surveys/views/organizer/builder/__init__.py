"""The questionnaire builder: one module for each of its pages; `page.py` is what they share."""
