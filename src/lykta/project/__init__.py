"""The wiring: settings, the table of addresses, and the entry of the web server."""
