"""All models and endpoints, and the document of the API, which JSON schemas of models are made from."""

from PyInstaller.utils.hooks import collect_data_files, collect_submodules

hiddenimports = collect_submodules("eigenpal_generated")
datas = collect_data_files("eigenpal_generated", includes=["*.json"])
