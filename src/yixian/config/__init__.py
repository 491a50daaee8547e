"""Settings, addresses, and the one list of who may reach what."""

from yixian.config import sqlite as sqlite  # before Django asks for it
