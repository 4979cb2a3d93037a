"""Encrypted files of these tests' own."""

from django.db.utils import ConnectionHandler

from kimbilio.core.keyring import PassphraseCost

CHEAP = PassphraseCost(iterations=1, memory_kib=8, lanes=1)
CANARY = "Wanjiku-wa-Karuri"


def connection_to(path, alias="own", **settings):
    databases = {"default": {}, alias: {"ENGINE": "kimbilio.core.sqlcipher", "NAME": str(path), **settings}}
    return ConnectionHandler(databases)[alias]


def one(connection, query):
    with connection.cursor() as cursor:
        return cursor.execute(query).fetchone()[0]
