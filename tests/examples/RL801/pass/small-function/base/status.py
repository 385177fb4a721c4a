def is_success(status):
    return 200 <= status < 300
