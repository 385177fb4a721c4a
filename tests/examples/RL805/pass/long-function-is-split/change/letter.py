def letter(name, day, place):
    words = []
    words.append("Dear")
    words.append(name)
    return " ".join([*words, *meeting(day, place)])


def meeting(day, place):
    words = []
    words.append("we meet on")
    words.append(day)
    words.append("in")
    words.append(place)
    return words
