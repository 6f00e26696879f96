"""From the bytes of a file to a `Text`: one module a format, and the stages that they share."""
