#!/bin/sh
# Pillow's quantize(palette=...) does not keep a colour that is in the palette, if another is near.
#
# Versions: Pillow 13.0.0, Python 3.11.
# Guess before: the nearest of a palette's colours to one that it has is that colour, without
#   dithering at least.
# Seen: white becomes (253, 253, 254) where the palette has both, in either order. 100 and 102 become
#   the same grey, whichever is asked for; 100 and 104 do not. Colours are told apart by the upper
#   six bits of red, green and blue: the first colour looked up there stands for all of that cell.
# Who feels it: pictures of a few flat colours and their soft edges, as charts are. The paper of an
#   animation is no longer white.
# Output:
#   white of (253, 253, 254) and white: (253, 253, 254)
#   white of white and (253, 253, 254): (253, 253, 254)
#   102 of 100 and 102: 100
#   104 of 100 and 104: 104
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet pillow==13.0.0
"$folder/venv/bin/python" - > "$folder/seen" <<'PROGRAM'
from PIL import Image


def shown(colour, palette):
    """The colour that a picture of one colour has once it has that palette."""
    colours = Image.new("P", (1, 1))
    colours.putpalette([part for each in palette for part in each])
    picture = Image.new("RGB", (1, 1), colour)
    return picture.quantize(palette=colours, dither=Image.Dither.NONE).convert("RGB").getpixel((0, 0))


white, near = (255, 255, 255), (253, 253, 254)
print(f"white of {near} and white: {shown(white, [near, white])}")
print(f"white of white and {near}: {shown(white, [white, near])}")
for grey in (102, 104):
    found = shown((grey,) * 3, [(100,) * 3, (grey,) * 3])
    print(f"{grey} of 100 and {grey}: {found[0]}")
PROGRAM
cat "$folder/seen"
cat > "$folder/expected" <<'EXPECTED'
white of (253, 253, 254) and white: (253, 253, 254)
white of white and (253, 253, 254): (253, 253, 254)
102 of 100 and 102: 100
104 of 100 and 104: 104
EXPECTED
diff "$folder/expected" "$folder/seen"
