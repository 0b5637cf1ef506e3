"""Events of every layout, as columns of numbers with the rejected rows apart."""
