"""data.police.uk: crimes by street and month."""
