"""The report of a study: what was asked, what happened round by round and what came out, as one document in one language.

`document` says what a report is made of, `chapters` write it from what was published, `html`, `pdf` and `docx` set it. Every figure comes from stored
rows and tables, and no number is worked out from answers here, so a report can say no more than the pages and files do. `chapters/reasons` quotes what a
moderator let through, of those whose answers the frozen file of the shown closing counts, as reasons.csv does.
"""
