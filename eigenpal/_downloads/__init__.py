"""Files that are received: where they are written, and under which safe name."""
