# Generated from openapi/openapi.yaml by `make generate`; do not edit.
from eigenpal_generated.api.agents import (
    create as create,
    email_triggers as email_triggers,
    get as get,
    list as list,
    list_files as list_files,
    put_file as put_file,
    update as update,
    upload_files as upload_files,
    versions as versions,
)
