def load_users(path):
    users = []
    with open(path) as stream:
        for line in stream:
            name, _, age = line.partition(",")
            if age:
                users.append((name, int(age)))
    return users
