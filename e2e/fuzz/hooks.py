"""What Schemathesis is told beside the OpenAPI document."""

import schemathesis


@schemathesis.hook
def filter_failure(context, failure, case, response):
    """Any client may send headers that no document names (RFC 9110, section 5.1): taking them is no fault."""
    return "in header - object with unexpected properties" not in failure.message


@schemathesis.serializer("application/x-tar")
def tar(context, value):
    """An archive is bytes, whatever they are."""
    return {"data": value if isinstance(value, bytes) else str(value).encode()}
