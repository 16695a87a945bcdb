"""The invented provider: who works there and what has happened. Nobody in it is real.

`founding` runs as the database's owner, who alone may set up a provider; `happenings` then plays, as the application,
what those people noticed and did. Both go through the same operations as everybody else.
"""
