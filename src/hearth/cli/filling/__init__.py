"""Fills a demonstration's database with invented records, so that Hearth can be tried and measured at size.

Every row goes through the triggers every other row goes through, and every promise is reckoned by the engine itself.
Only the way in differs: whole stretches of cases are copied at once, as the owner, instead of one act at a time.
"""
