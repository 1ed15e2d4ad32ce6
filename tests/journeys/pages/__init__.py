"""What each page of results must show, worked out from the study file and the analyst's files alone, and the page as it is read."""
