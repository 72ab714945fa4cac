"""All of the client; the embedded server only if the application imports it."""

from PyInstaller.utils.hooks import collect_submodules

_LEFT_OUT = ("eigenpal.testing", "eigenpal.__pyinstaller")

hiddenimports = collect_submodules("eigenpal", filter=lambda name: not name.startswith(_LEFT_OUT))
