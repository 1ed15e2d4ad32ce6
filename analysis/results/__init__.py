"""What a round's published figures say, in words and charts: the pages and the report take it from here.

For each subject one module reads what is stored (`glance`, `gaps`, `roles`), and its neighbours put it into words and charts. Without numpy.
"""
