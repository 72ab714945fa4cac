"""Uploads: files and multipart bodies."""
