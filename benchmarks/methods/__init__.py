"""Method by method: the same work by lykta and by a peer, on the same arrays in memory.

A method is one entry, a `Method` in the METHODS of a module here; the table gathers the modules.
"""
