import pad
