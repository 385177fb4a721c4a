def letter(name, day, place):
    words = []
    words.append("Dear")
    words.append(name)
    words.append("we meet on")
    words.append(day)
    words.append("in")
    words.append(place)
    return " ".join(words)
