"""Where a language writes dates and times otherwise than Django does: a folder for it, with formats.py."""
