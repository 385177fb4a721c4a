from slugs import slug


def test_umlauts_become_letters():
    assert slug("Grüße aus Köln") == "grusse-aus-koln"


def test_long_titles_are_cut_between_words_or_within_them():
    assert slug("a" * 100) == "a" * 60
