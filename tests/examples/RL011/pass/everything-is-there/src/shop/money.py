class Money:
    def add(self, other):
        return self
