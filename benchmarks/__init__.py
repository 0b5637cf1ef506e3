"""What lykta costs beside its peers, and how well its methods keep their word."""
