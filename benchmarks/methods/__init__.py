"""Method by method: the same work by lykta and by a peer, on arrays already in memory."""
