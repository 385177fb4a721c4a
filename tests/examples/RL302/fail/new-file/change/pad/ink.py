class Ink:
    def dry(self):
        return True
