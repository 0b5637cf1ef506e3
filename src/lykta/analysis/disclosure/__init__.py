"""Small counts that could point someone out: hidden here, and nowhere else."""
