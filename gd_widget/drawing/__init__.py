"""The widget's charts as still pictures: what js/views draws on a page, here in plain SVG."""
