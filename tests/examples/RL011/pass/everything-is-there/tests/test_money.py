def test_money():
    assert True
