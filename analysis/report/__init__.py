"""The report of a study: what was asked, what happened round by round and what came out, as one document in one language.

`document` says what a report is made of, `chapters` write it from what was published, `html`, `pdf` and `docx` set it. Nothing here reads
an answer: every figure comes from stored rows and tables, so a report can say no more than the pages and files do.
"""
