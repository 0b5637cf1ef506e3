"""Columns: a copy of large tables in Parquet, asked with SQL by DuckDB.

The database is what is true. The copy lies in parts, each rewritten whole when something in it has
changed, and can always be made again.
"""
