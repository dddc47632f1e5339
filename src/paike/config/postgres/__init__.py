"""The embedded PostgreSQL: real PostgreSQL, driven by our own initdb and pg_ctl calls.

`cluster` starts and stops it; `programs` finds its binaries; `identity` decides as whom it runs;
`sockets` says where it listens; `traces` looks at its processes.
"""
