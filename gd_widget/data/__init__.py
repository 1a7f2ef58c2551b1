"""What people have, turned into points."""
