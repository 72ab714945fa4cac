"""The embedded server."""

from PyInstaller.utils.hooks import collect_data_files, collect_submodules

# The plugin of pytest would include pytest.
hiddenimports = collect_submodules("eigenpal.testing", filter=lambda name: name != "eigenpal.testing.plugin")
datas = collect_data_files("eigenpal.testing")
