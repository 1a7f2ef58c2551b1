"""Films of a training: the pictures of its steps one after the other, from the guess on.

They are an extra, pip install "gd-widget[film]". A film is written picture by picture: its length
takes time and no memory.
"""
