"""Everything observed: reports, imported crimes, and the pictures made of them."""
