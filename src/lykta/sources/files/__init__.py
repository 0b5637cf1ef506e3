"""Files of every format that lykta knows, each as one table of text."""
