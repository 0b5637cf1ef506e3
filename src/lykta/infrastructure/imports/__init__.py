"""Reading a file in: one run of one file, tried first, written in batches, resumed or withdrawn.

A room hands over an `Importer`; this tool keeps the run, its rejected rows and its progress.
"""
