def describe(status):
    if status == 200:
        return "ok"
    if status == 201:
        return "created"
    if status == 202:
        return "accepted"
    if status == 204:
        return "no content"
    if status == 301:
        return "moved"
    if status == 302:
        return "found"
    if status == 304:
        return "not modified"
    if status == 400:
        return "bad request"
    if status == 401:
        return "unauthorised"
    if status == 403:
        return "forbidden"
    if status == 404:
        return "not found"
    if status == 405:
        return "method not allowed"
    if status == 409:
        return "conflict"
    if status == 410:
        return "gone"
    return "unknown"
