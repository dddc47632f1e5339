"""The files of ballot logs, for everybody: plain ASGI, no session, no cookie."""
