"""The chapters, one module each: a function from what was counted to a section, or to none where the study has nothing of the sort."""
