"""How fast the heavy pages are, on PostgreSQL and Redis, as in production: the server's own time; and the importer.

A real gunicorn serves a centre of thirty learners, one of them with 200 pieces of evidence in one unit, to people who
are signed in, at 1, 4 and 16 at once. The time is what gunicorn's access log says a request took. Absolute times
differ between machines and with what else runs there; the ratio to a page with next to nothing on it, measured in the
same run, is what to compare. Nothing here passes or fails.

`./attest bench` measures; `./attest bench --queries` prints the queries of each page with their times instead.
Behind the pages stands what the importer takes for the specification documents in the folder that
ATTEST_SPECIFICATIONS names, stage by stage; `./attest bench --import` measures that alone.
"""
