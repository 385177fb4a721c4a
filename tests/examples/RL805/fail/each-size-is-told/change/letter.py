def letter(name, day, place, host):
    for word in (name, day, place):
        if word:
            with open(host) as stream:
                stream.write(word)
